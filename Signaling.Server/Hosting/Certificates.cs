using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Server.Hosting;

/// <summary>
/// The certificate of <c>https</c> addresses, from PEM files, and the new one when they have changed. Kestrel's own
/// <c>Certificate:Path</c> binds the address anew, and cuts all connections to it; here those that are open go on.
/// </summary>
internal sealed class Certificates(ServerOptions options, TimeProvider time, ILogger<Certificates> log)
{
    // Looked at when somebody connects: nothing to watch, and links that are put elsewhere are seen as well.
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private SslStreamCertificateContext? _current;
    private (DateTime, DateTime) _written;
    private long _looked;

    /// <summary>The one of now.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_lock)
            {
                if (_current is null)
                {
                    (_written, _current, _looked) = (Written(), Load(), time.GetTimestamp());
                }
                else if (time.GetElapsedTime(_looked) >= LookPeriod)
                {
                    _looked = time.GetTimestamp();
                    Refresh();
                }
                return _current;
            }
        }
    }

    // They may be half written: then they are read at the next look.
    private void Refresh()
    {
        try
        {
            var written = Written();
            if (written == _written) return;
            (_current, _written) = (Load(), written);
            log.CertificateChanged(_current.TargetCertificate.NotAfter);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            log.CertificateUnreadable(error.Message);
        }
    }

    private (DateTime, DateTime) Written() => (Target(options.CertificatePath), Target(options.CertificateKeyPath));

    private static DateTime Target(string path) =>
        (File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)).LastWriteTimeUtc;

    private SslStreamCertificateContext Load()
    {
        var own = X509Certificate2.CreateFromPemFile(options.CertificatePath, options.CertificateKeyPath);
        // Windows wants a key that it has stored.
        if (OperatingSystem.IsWindows()) own = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.CertificatePath);
        return SslStreamCertificateContext.Create(own, chain, offline: true);
    }
}
