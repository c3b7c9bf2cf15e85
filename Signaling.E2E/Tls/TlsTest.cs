using Signaling.E2E.Browsers;
using Signaling.E2E.Running;

namespace Signaling.E2E.Tls;

/// <summary>The page comes from the relay's own origin, over TLS, and so does the WebSocket: the relay says by which HTTP.</summary>
public abstract class TlsTest(BrowserProcesses browsers) : SystemTest(browsers)
{
    private SelfSigned? _certificate;
    private string _built = "";

    protected override bool TakesAnyCertificate => true;

    protected override string[] RelaySettings =>
    [
        "--Server:CertificatePath", _certificate!.Certificate, "--Server:CertificateKeyPath", _certificate.Key,
        "--Landing:PagePath", BuiltPage.Folder,
    ];

    protected override async Task StartAsync()
    {
        _certificate = Own(new SelfSigned());
        _built = await BuiltPage.BuildAsync();
        await base.StartAsync();
    }

    protected override Task<IDemoPage> ServePageAsync() => Task.FromResult<IDemoPage>(new PageOfTheRelay(Relay.Url, _built));

    /// <summary>Two browsers do the whole handshake, and talk.</summary>
    protected async Task MeetAsync()
    {
        var witness = await WitnessAsync();
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await alice.IsConnectedAsync();
        await bob.IsConnectedAsync();

        await alice.SayAsync("hello, bob");
        await bob.HearsAsync("hello, bob");
        await bob.SayAsync("hello, alice");
        await alice.HearsAsync("hello, alice");

        await Handshake(alice, bob, witness).PassesAsync();
    }

    /// <summary>So many sessions began over this version, as the relay has logged it.</summary>
    protected int Began(string http) => Relay.Console.Split('\n').Count(line => line.TrimEnd().EndsWith($"session began over {http}", StringComparison.Ordinal));
}
