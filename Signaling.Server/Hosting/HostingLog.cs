namespace Signaling.Server.Hosting;

/// <summary>Event ids 1200 to 1299.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(1200, LogLevel.Information, "The certificate has changed; the new one is good until {Until}. Open connections go on")]
    public static partial void CertificateChanged(this ILogger log, DateTime until);

    [LoggerMessage(1201, LogLevel.Warning, "The changed certificate cannot be read, and the one before goes on: {Why}")]
    public static partial void CertificateUnreadable(this ILogger log, string why);
}
