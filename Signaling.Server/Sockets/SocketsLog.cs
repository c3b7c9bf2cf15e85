namespace Signaling.Server.Sockets;

/// <summary>Event ids 1000 to 1099.</summary>
internal static partial class SocketsLog
{
    [LoggerMessage(1000, LogLevel.Debug, "A {Protocol} session ended: {Code} {Reason}")]
    public static partial void SessionEnded(this ILogger log, string protocol, int code, string reason);

    [LoggerMessage(1001, LogLevel.Information, "Draining {Count} connections over {Period}; a second signal ends it at once")]
    public static partial void Draining(this ILogger log, int count, TimeSpan period);

    [LoggerMessage(1002, LogLevel.Error, "A session failed, and was ended")]
    public static partial void SessionFailed(this ILogger log, Exception error);

    [LoggerMessage(1003, LogLevel.Critical, "A loop met something that nobody has thought of, and goes on")]
    public static partial void LoopSurprised(this ILogger log, Exception error);

    [LoggerMessage(1004, LogLevel.Warning, "No connection can be accepted for a moment: error {Error} (too many open files is 24)")]
    public static partial void CannotAccept(this ILogger log, int error);

    [LoggerMessage(1005, LogLevel.Information, "The stream carries {Connections}, not the socket (Server:Wire): {Why}")]
    public static partial void TakesTheStream(this ILogger log, string connections, string why);

    [LoggerMessage(1006, LogLevel.Debug, "A {Protocol} session began over {Http}")]
    public static partial void SessionBegan(this ILogger log, string protocol, string http);

    [LoggerMessage(1007, LogLevel.Error, "A connection of Kestrel's met something that nobody has thought of")]
    public static partial void ConnectionSurprised(this ILogger log, Exception error);
}
