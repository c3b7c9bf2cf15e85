namespace Signaling.Server.Backplane;

/// <summary>What this folder logs: 1700 to 1799.</summary>
internal static partial class BackplaneLog
{
    [LoggerMessage(1700, LogLevel.Information, "The other servers are heard: {Topics} topics, after {Tries} tries.")]
    public static partial void Up(this ILogger log, int topics, int tries);

    [LoggerMessage(1701, LogLevel.Warning, "Redis cannot be had ({What}): rooms are of this server alone until it can.")]
    public static partial void Down(this ILogger log, string what);

    [LoggerMessage(1702, LogLevel.Warning, "Redis refuses to keep who is here ({What}); this is tried again.")]
    public static partial void NotKept(this ILogger log, string what);

    [LoggerMessage(1703, LogLevel.Warning, "A server has not been heard of for {Lease}: {Peers} of its peers are gone.")]
    public static partial void ServerGone(this ILogger log, TimeSpan lease, int peers);

    [LoggerMessage(1704, LogLevel.Warning, "Redis sent something that is not of this protocol, or of another version of it.")]
    public static partial void Malformed(this ILogger log);

    [LoggerMessage(1705, LogLevel.Error, "What came from another server could not be told here.")]
    public static partial void Surprise(this ILogger log, Exception surprise);

    [LoggerMessage(1706, LogLevel.Warning, "The others had given this server up, and are told anew who is here.")]
    public static partial void GivenUp(this ILogger log);

    [LoggerMessage(1707, LogLevel.Warning, "The certificate that Redis shows is not accepted ({Why}); an authority of your own is named by Backplane:CertificateAuthority.")]
    public static partial void NotTrusted(this ILogger log, string why);
}
