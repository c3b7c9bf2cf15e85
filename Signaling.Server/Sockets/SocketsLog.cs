namespace Signaling.Server.Sockets;

/// <summary>Event ids 1000 to 1099.</summary>
internal static partial class SocketsLog
{
    [LoggerMessage(1000, LogLevel.Debug, "A {Protocol} session ended: {Code} {Reason}")]
    public static partial void SessionEnded(this ILogger log, string protocol, int code, string reason);
}
