using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Signaling.Server.Hosting;

/// <summary>Gives <c>https</c> addresses the certificate of <c>Server:CertificatePath</c>, where that is set.</summary>
internal static class Tls
{
    public static void AddTls(this IServiceCollection services) =>
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ServerOptions>, TimeProvider, ILogger<Certificates>>(static (kestrel, options, time, log) =>
        {
            if (options.Value.CertificatePath.Length == 0) return;
            var certificates = new Certificates(options.Value, time, log);
            FirstLook(certificates, options.Value);
            kestrel.ConfigureHttpsDefaults(https =>
            {
                // So that Kestrel looks for no other one; what counts is the context, which has the whole chain.
                https.ServerCertificateSelector = (_, _) => certificates.Current.TargetCertificate;
                https.OnAuthenticate = (_, tls) =>
                {
                    tls.ServerCertificateSelectionCallback = null;
                    tls.ServerCertificateContext = certificates.Current;
                };
            });
        });

    private static void FirstLook(Certificates certificates, ServerOptions options)
    {
        try
        {
            _ = certificates.Current;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new StartException($"Server:CertificatePath ({options.CertificatePath}) and Server:CertificateKeyPath ({options.CertificateKeyPath}) give no certificate: {error.Message}");
        }
    }
}
