import { STATUS_CODES } from "node:http";
import type { Dialect } from "../core/dialect";
import { own } from "../core/own";
import { Refusal, type World } from "../core/types";

type Language = World["options"]["bkciLanguage"];

/** The message texts of BK-CI in both languages, by body `status`; `{0}` is what it is about. */
const messages: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  "400": { en: "Parameter error: {0}", zh: "参数错误：{0}" },
  "401": { en: "用户权限验证失败。", zh: "用户权限验证失败。" },
  "403": { en: "You don't have permission to do so", zh: "你没有权限进行该操作" },
  "404": { en: "requested resource does not exist", zh: "请求的资源不存在" },
  "405": { en: "Method not allowed", zh: "不支持的请求方法" },
  "500": { en: "System error", zh: "系统错误" },
  "2100026": { en: "token key configuration error", zh: "token密钥配置错误" },
  "2118002": { en: "Illegal credential name", zh: "凭证名称不合法" },
  "2118003": {
    en: "Illegal credential ID: letters, digits and underscores only",
    zh: "凭证标识不合法，只能是英文字母、数字或下划线",
  },
  "2118004": { en: "Credential {0} does not exist", zh: "凭证{0}不存在" },
  "2118005": { en: "Illegal credential format", zh: "凭证格式不合法" },
  "2118006": { en: "Credential name is too long", zh: "凭证名称过长" },
  "2118007": { en: "Credential ID is longer than 32 characters", zh: "凭证标识超过32个字符" },
  "2118008": { en: "Credential {0} already exists", zh: "凭证{0}已存在" },
  "2119002": { en: "Project name {0} already exists", zh: "项目名{0}已存在" },
  "2119003": { en: "Project name is empty", zh: "项目名为空" },
  "2119004": { en: "Project name must have 1 to 64 characters", zh: "项目名长度必须为1至64个字符" },
  "2119005": { en: "Project ID must have 3 to 32 characters", zh: "项目标识长度必须为3至32个字符" },
  "2119006": {
    en: "Illegal project ID: lowercase letters, digits and hyphens, a letter first",
    zh: "项目标识不合法，须以小写字母开头，由小写字母、数字或中划线组成",
  },
  "2119007": { en: "Project ID {0} already exists", zh: "项目标识{0}已存在" },
};

function textOf(code: string, status: number, language: Language, detail: string): string {
  return own(messages, code)?.[language].replace("{0}", detail) ?? STATUS_CODES[status] ?? "";
}

/** A refusal with a text in both languages. */
class CodedRefusal extends Refusal {
  constructor(
    status: number,
    code: number,
    private readonly detail: string,
  ) {
    super(status, String(code), textOf(String(code), status, "en", detail));
  }

  in(language: Language): string {
    return textOf(this.code, this.status, language, this.detail);
  }
}

/** A refusal by a seven-digit code or an HTTP number; business errors are HTTP 400. */
export const refusal = (code: number, detail = ""): Refusal => new CodedRefusal(code < 1000 ? code : 400, code, detail);

/** Filters and the web server in front answer with plain text instead of the envelope. */
export class PlainRefusal extends Refusal {
  constructor(status: number, text: string) {
    super(status, "", text);
  }
}

/** `{status, message, data}`, or plain text. */
export const bkciDialect: Dialect = {
  standard(status, detail) {
    // The web server throttles, and it does not use the envelope.
    if (status === 429) return new PlainRefusal(429, "<html><body><h1>429 Too Many Requests</h1></body></html>");
    return refusal(status === 415 ? 400 : status, detail);
  },
  body(refused, { options }) {
    if (refused instanceof PlainRefusal) return refused.message;
    const message = refused instanceof CodedRefusal ? refused.in(options.bkciLanguage) : refused.message;
    return { status: Number(refused.code) || refused.status, message, data: null };
  },
};
