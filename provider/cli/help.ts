import { settingKeys } from "../settings/settings";

/** What `--help` prints. */
export function helpText(): string {
  const width = Math.max(...settingKeys.map(({ environment }) => environment.length));
  const rows = settingKeys.map(({ environment, about }) => `  ${environment.padEnd(width)}  ${about}`);
  return `Usage: pulumi-apig adopt --out DIR [options]
       pulumi-apig report FILE

adopt reads an APIG instance, and a BK-CI project if the settings name one, and writes a Pulumi project that takes over what
is there. Nothing is changed at the services: neither by this command, nor by the first \`pulumi up\` of the project.

  --out DIR           the folder to write; it must not exist yet
  --language LANG     typescript (default) or yaml
  --group NAME        take only this API group; may be given several times
  --app NAME          take only this app; may be given several times
  --no-codes          leave out the AppCodes
  --dry-run           print a table of what is there, and write nothing
  --import-file FILE  also write, or without --out only write, a new file for \`pulumi import --file FILE\`
  --help              print this

report writes to standard output, in Markdown, what a preview would do: FILE is the output of \`pulumi preview --json\`,
or - for standard input. It needs no settings.

Settings of adopt are read from the environment, not from the config of a stack:

${rows.join("\n")}

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C.
`;
}
