using Aspire.Hosting;

namespace Signaling.AppHost.Embedded;

/// <summary>The command line is settings, as <c>--NAME VALUE</c> or <c>--NAME=VALUE</c>; what is in it and read by nobody would go unnoticed.</summary>
internal static class CommandLine
{
    private static readonly string[] Names = ["replicas", "ConnectionStrings:redis", "ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", DashboardSettings.BrowserToken];

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public static string? Fault(string[] args)
    {
        for (var at = 0; at < args.Length; at++)
        {
            var (option, value) = args[at].Split('=', 2) is [var left, var right] ? (left, right) : (args[at], null);
            if (!option.StartsWith("--", StringComparison.Ordinal) || !IsKnown(option[2..])) return $"{option} is no option here. There are --replicas N (several relays) and --lan (for other devices).";
            if (value is null && ++at == args.Length) return $"{option} needs a value.";
        }

        return null;
    }

    private static bool IsKnown(string name) =>
        Names.Contains(name, StringComparer.OrdinalIgnoreCase) || name.EndsWith("_PORT", StringComparison.OrdinalIgnoreCase) || name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase);
}
