using System.Text.RegularExpressions;
using Signaling.E2E.Running;

namespace Signaling.E2E.Dialects;

/// <summary>The server that a client library came with.</summary>
/// <param name="script">Starts it; of the folder <c>clients/servers</c>.</param>
internal sealed partial class OriginalServer(string script) : IMeetingPlace
{
    private readonly List<Child> _runs = [];

    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    public string Console => string.Join(Environment.NewLine, _runs.Select(run => run.Output));

    public async Task StartAsync()
    {
        var program = ClientPackages.Program($"servers/{script}");
        program.Environment["PORT"] = $"{Url.Port}";
        _runs.Add(Child.Start(script, program));
        Url = new Uri((await _runs[^1].SaysAsync(Listening())).Groups["url"].Value);
    }

    public Task StopAsync() => _runs[^1].StopAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs) await run.DisposeAsync();
    }

    [GeneratedRegex(@"Now listening on: (?<url>http://\S+)")]
    private static partial Regex Listening();
}
