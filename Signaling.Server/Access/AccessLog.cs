namespace Signaling.Server.Access;

/// <summary>Event ids 1100 to 1199.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(1100, LogLevel.Warning, "Pages of any origin may connect. Access:Origins names those that may, for example https://app.example.org; * says that all are meant.")]
    public static partial void AnyOrigin(this ILogger log);

    [LoggerMessage(1101, LogLevel.Warning, "Everybody may connect, without a token. Access:Key or Access:Authority asks for tokens (docs/tokens.md).")]
    public static partial void NoTokens(this ILogger log);
}
