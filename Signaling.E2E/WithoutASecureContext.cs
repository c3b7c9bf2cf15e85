using Signaling.E2E.Browsers;
using Signaling.E2E.Running;

namespace Signaling.E2E;

/// <summary>The page by plain http from a network address: browsers keep some of what they can do from it.</summary>
public sealed class WithoutASecureContext(BrowserProcesses browsers) : SystemTest(browsers)
{
    protected override bool IsRaw => false;

    protected override string[] RelaySettings => ["--Access:Origins=*"];

    protected override Task<IDemoPage> ServePageAsync() => DevelopmentPage.StartAsync(Relay.Url, NetworkAddress.Needed());

    [Fact]
    public async Task The_page_says_what_is_missing_and_the_rest_works()
    {
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await alice.IsConnectedWithAsync(1);
        await bob.IsConnectedWithAsync(1);
        await alice.IsToldAsync("keeps camera, microphone and clipboard from it");
        await alice.Direct.CannotTurnCameraOnAsync();
        await alice.CopiesTheLinkByHandAsync();
        await alice.SeesNoQrCodeAsync();

        await alice.SayAsync("hello, bob");
        await bob.HearsAsync("hello, bob");
        await alice.Direct.DropFileAsync("notes.txt", "from tab to tab");
        await bob.Direct.PressAsync("Receive", "notes.txt");
        await bob.Direct.SeesFileAsync("notes.txt", "received, checksums agree");
        await alice.Direct.SeesFileAsync("notes.txt", "sent, checksums agree");
        await alice.IsAccessibleAsync();
    }
}
