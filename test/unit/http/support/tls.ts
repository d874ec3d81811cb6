/**
 * A self-signed certificate for `apig.test`, `localhost` and 127.0.0.1, and its key. Made for these tests only: no machine
 * trusts it, and it protects nothing.
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBtDCCAVqgAwIBAgIUO/mZkW3yt1z9y6H87LSDFJbfExAwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQcHVsdW1pLWFwaWcgdGVzdDAgFw0yNjExMjExMTEwNDdaGA8y
MTI2MTAyODExMTA0N1owGzEZMBcGA1UEAwwQcHVsdW1pLWFwaWcgdGVzdDBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABBvpTGlPKhUooE9CcxXvoujS0FJxrI/MZdRJ
r41dwesOxseJS+FwufNijfll01Uep+7Z4jHif61wdtJmB2lA9SejejB4MB0GA1Ud
DgQWBBTQ6cXQp5j8tnPCWEaoazf1xcmR5DAfBgNVHSMEGDAWgBTQ6cXQp5j8tnPC
WEaoazf1xcmR5DAPBgNVHRMBAf8EBTADAQH/MCUGA1UdEQQeMByCCWFwaWcudGVz
dIIJbG9jYWxob3N0hwR/AAABMAoGCCqGSM49BAMCA0gAMEUCIQDTZ27i99k5opXX
aCzVykTRldjiPaRJPhQLsjTtets2yQIgEEeqSsPoeOvyQsitARJ13vP4K6KF0mvE
e8blbOimfTY=
-----END CERTIFICATE-----
`;

export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyG7KipGSJzfDwzgH
DlrBX02cVBdv3VuzEUMniU32QA2hRANCAAQb6UxpTyoVKKBPQnMV76Lo0tBScayP
zGXUSa+NXcHrDsbHiUvhcLnzYo35ZdNVHqfu2eIx4n+tcHbSZgdpQPUn
-----END PRIVATE KEY-----
`;
