using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Signaling.E2E.Running;

/// <summary>The relay as a process of its own, with the environment that the AppHost gives it.</summary>
/// <param name="telemetry">Where it sends its telemetry; null: nowhere.</param>
/// <param name="settings">As on the command line.</param>
public sealed partial class Relay(Uri? telemetry = null, params string[] settings) : IMeetingPlace
{
    private readonly List<Child> _runs = [];

    /// <inheritdoc/>
    public Uri Url { get; private set; } = new(settings.Contains("--Server:CertificatePath") ? "https://127.0.0.1:0" : "http://127.0.0.1:0");

    /// <inheritdoc/>
    public string Console => string.Join(Environment.NewLine, _runs.Select(run => run.Output));

    public Uri Socket(string room) => new UriBuilder(Url) { Scheme = Url.Scheme == "https" ? "wss" : "ws", Path = $"/room/{room}" }.Uri;

    /// <inheritdoc/>
    public async Task StartAsync()
    {
        var program = new ProcessStartInfo(Repository.Executable("Signaling.Server"), ["--urls", Url.GetLeftPart(UriPartial.Authority), .. settings])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "Signaling.Server"),
            Environment =
            {
                // The runtime of the tests is where the relay's is, also where it is not installed for the whole machine.
                ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                // Where user secrets are looked for first: those of whoever runs the tests (a key for tokens, say) are not the tests'.
                ["APPDATA"] = Repository.TestResults,
                ["OTEL_SERVICE_NAME"] = "relay",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = telemetry?.GetLeftPart(UriPartial.Authority),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            },
        };
        _runs.Add(Child.Start("relay", program));
        Url = new Uri((await _runs[^1].SaysAsync(Listening())).Groups["url"].Value);
    }

    /// <inheritdoc/>
    public Task StopAsync() => _runs[^1].StopAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs) await run.DisposeAsync();
    }

    [GeneratedRegex(@"Now listening on: (?<url>https?://\S+)")]
    private static partial Regex Listening();
}
