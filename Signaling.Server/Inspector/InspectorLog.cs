namespace Signaling.Server.Inspector;

/// <summary>Event ids 1600 to 1699.</summary>
internal static partial class InspectorLog
{
    [LoggerMessage(1600, LogLevel.Information, "The inspector looks into room '{Room}'.")]
    public static partial void Watched(this ILogger log, string room);

    [LoggerMessage(1601, LogLevel.Information, "The inspector looks into room '{Room}' no longer.")]
    public static partial void Unwatched(this ILogger log, string room);

    [LoggerMessage(1602, LogLevel.Warning, "The inspector shows what peers say, addresses included (Inspector:ShowPayloads).")]
    public static partial void ShowsPayloads(this ILogger log);
}
