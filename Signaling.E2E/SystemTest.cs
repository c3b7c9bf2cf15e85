using Signaling.E2E.Browsers;
using Signaling.E2E.Evidence;
using Signaling.E2E.Running;
using Signaling.E2E.Telemetry;

namespace Signaling.E2E;

/// <summary>A test of the system as the AppHost starts it: the relay with its telemetry, and the demo page that knows the relay.</summary>
public abstract class SystemTest(BrowserProcesses browsers) : BrowserTest(browsers)
{
    private OtlpReceiver? _telemetry;
    private Relay? _relay;
    private IDemoPage? _page;

    protected Relay Relay => _relay!;

    /// <summary>What the relay is told beside that, as on its command line.</summary>
    protected virtual string[] RelaySettings => [];

    protected override async Task StartAsync()
    {
        _telemetry = Own(await OtlpReceiver.StartAsync(Changes));
        _relay = Own(new Relay(_telemetry.Url, RelaySettings));
        await _relay.StartAsync();
        _page = Own(await ServePageAsync());
    }

    protected virtual Task<IDemoPage> ServePageAsync() => DevelopmentPage.StartAsync(Relay.Url);

    protected override Uri PageOf(string room) => _page!.Entrance(room);

    protected override IEnumerable<(string Program, string Console)> Consoles() =>
        [("relay", _relay?.Console ?? ""), ("page", _page?.Console ?? "")];

    protected async Task<Witness> WitnessAsync(string? room = null) =>
        Own(await Witness.JoinAsync(Relay.Socket(room ?? Room), Changes));

    protected HandshakeCheck Handshake(Tab first, Tab second, Witness witness) => new(first, second, witness, _telemetry!, Changes);
}
