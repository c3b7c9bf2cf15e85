using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signaling.Server.Hosting;
using StackExchange.Redis;

namespace Signaling.Server.Backplane;

/// <summary>Whose certificate Redis may show: that of the authorities of a file and no other's, or of the system's where there is no file.</summary>
/// <param name="authorities">Of the file; null: the system's.</param>
/// <param name="log">Told why a certificate is refused, once for each reason.</param>
internal sealed class Trust(X509Certificate2Collection? authorities, ILogger log)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // The library's own way to name an authority: whoever uses it is let.
    private const string LibrarysOwn = "SERedis_IssuerCertPath";

    private string _told = "";

    /// <param name="redis">The connection that is to be looked at.</param>
    /// <param name="file">In PEM; may be empty.</param>
    /// <param name="log">Told why a certificate is refused.</param>
    /// <exception cref="StartException">The file has no certificate, or is of no use.</exception>
    public static void Apply(ConfigurationOptions redis, string file, ILogger log)
    {
        if (file.Length > 0 && !redis.Ssl)
            throw new StartException("Backplane:CertificateAuthority says whom to believe that it is Redis, but ConnectionStrings:redis does not ask for TLS: it lacks ssl=true.");
        if (!redis.Ssl || (file.Length == 0 && Environment.GetEnvironmentVariable(LibrarysOwn) is not null)) return;
        redis.CertificateValidation += new Trust(file.Length > 0 ? Read(file) : null, log).Accepts;
    }

    private static X509Certificate2Collection Read(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new StartException($"Backplane:CertificateAuthority ({file}) gives no certificate: {error.Message}");
        }
        if (authorities.Count == 0) throw new StartException($"Backplane:CertificateAuthority ({file}) gives no certificate: there is none in it, in PEM.");
        return authorities;
    }

    private bool Accepts(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        // The system's opinion of the chain counts where its authorities do.
        var problem = authorities is null ? errors : errors & ~SslPolicyErrors.RemoteCertificateChainErrors;
        var why = problem == SslPolicyErrors.None ? "" : $"{problem}";
        if (problem == SslPolicyErrors.None && authorities is not null) why = Judge((X509Certificate2)shown!, chain, authorities);
        if (why.Length > 0 && Interlocked.Exchange(ref _told, why) != why) log.NotTrusted(why);
        return why.Length == 0;
    }

    // A private authority seldom says where it revokes: who does not want a certificate any more makes a new authority.
    private static string Judge(X509Certificate2 shown, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(shown) ? "" : string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct());
    }
}
