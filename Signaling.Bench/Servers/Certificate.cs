using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Bench.Servers;

/// <summary>A certificate for the servers that speak TLS, made for this run.</summary>
internal sealed record Certificate(string Path, string KeyPath)
{
    public static Certificate MakeIn(string folder)
    {
        Directory.CreateDirectory(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var made = new Certificate(System.IO.Path.Combine(folder, "tls.pem"), System.IO.Path.Combine(folder, "tls.key"));
        File.WriteAllText(made.Path, certificate.ExportCertificatePem());
        File.WriteAllText(made.KeyPath, key.ExportPkcs8PrivateKeyPem());
        return made;
    }
}
