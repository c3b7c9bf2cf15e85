namespace Signaling.Server.Sockets;

/// <summary>Event ids 1000 to 1099.</summary>
internal static partial class SocketsLog
{
    [LoggerMessage(1000, LogLevel.Debug, "A {Protocol} session ended: {Code} {Reason}")]
    public static partial void SessionEnded(this ILogger log, string protocol, int code, string reason);

    [LoggerMessage(1001, LogLevel.Information, "Draining {Count} connections over {Period}; a second signal ends it at once")]
    public static partial void Draining(this ILogger log, int count, TimeSpan period);
}
