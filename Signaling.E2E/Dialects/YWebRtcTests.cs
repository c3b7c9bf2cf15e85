using Signaling.E2E.Browsers;

namespace Signaling.E2E.Dialects;

public sealed class YWebRtcTests(BrowserProcesses browsers, ClientPackages packages) : DialectTest(browsers, packages)
{
    protected override string Original => "y-webrtc.mjs";

    protected override (string Here, string There) Paths => ("/y-webrtc", "/");

    [Theory]
    [InlineData(null)]
    [InlineData("correct horse battery staple")]
    public async Task A_document_is_the_same_at_both_ends(string? password)
    {
        var alice = await JoinAsync(password);
        await alice.DoAsync("write", "alice", "was here");
        var bob = await JoinAsync(password);

        await bob.SeesAsync("""{"alice":"was here"}""");
        await bob.DoAsync("write", "bob", "too");
        await alice.SeesAsync("""{"alice":"was here","bob":"too"}""");
    }

    private async Task<ClientPage> JoinAsync(string? password)
    {
        var page = await OpenAsync("y-webrtc");
        await page.DoAsync("join", Address("ws"), Unique, password);
        await page.SeesAsync("connected");
        return page;
    }
}
