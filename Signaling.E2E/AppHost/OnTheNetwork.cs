using System.Text.RegularExpressions;
using Signaling.E2E.Browsers;
using Signaling.E2E.Running;

namespace Signaling.E2E.AppHost;

/// <summary><c>dotnet run --project Signaling.AppHost -- --lan</c>: the page by this machine's network address, as a phone opens it.</summary>
public sealed partial class OnTheNetwork(BrowserProcesses browsers) : BrowserTest(browsers)
{
    private AppHostRun? _run;
    private Uri? _page;

    protected override bool IsRaw => false;

    protected override bool TakesAnyCertificate => true;

    protected override async Task StartAsync()
    {
        var address = NetworkAddress.Needed();
        var home = Own(new DeveloperHome());
        await home.MakeCertificateAsync();
        _run = Own(await AppHostRun.StartAsync(["--lan"], [.. home.Environment, ("LAN_ADDRESS", address), ("DEMO_PORT", "0")]));
        await _run.SaysAsync("Everything is up");
        _page = new Uri(Link().Match(_run.Said).Groups[1].Value);
        Assert.Equal(("https", address), (_page.Scheme, _page.Host));
    }

    protected override Uri PageOf(string room) => new(_page!, $"/?room={room}");

    protected override IEnumerable<(string Program, string Console)> Consoles() => [("apphost", _run?.Said ?? "")];

    [Fact]
    public async Task Two_meet_over_https_see_a_QR_code_of_their_room_and_reach_nothing_else_of_the_relay()
    {
        var alice = await OpenAsync("alice");
        await alice.SeesQrCodeAsync();
        await alice.IsAccessibleAsync();
        var bob = await OpenAsync("bob");
        await alice.IsConnectedWithAsync(1);
        await bob.IsConnectedWithAsync(1);

        await bob.SayAsync("hello from the phone");
        await alice.HearsAsync("hello from the phone");
        await alice.Direct.AllowCameraAsync();
        await alice.Direct.PressCameraAsync();
        await bob.Direct.SeesPicturesAsync(1);
        await OfTheRelayThereAreRoomsAloneAsync();
    }

    private async Task OfTheRelayThereAreRoomsAloneAsync()
    {
        using var phone = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });
        foreach (var path in (string[])["/signal/inspector", "/signal/health", "/signal/"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_page!, path)) { Headers = { { "Accept", "text/html" } } };
            using var answer = await phone.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Contains("/@vite/client", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        using var room = await phone.GetAsync(new Uri(_page!, $"/signal/room/{Room}"), TestContext.Current.CancellationToken);
        Assert.Equal(426, (int)room.StatusCode);
    }

    [GeneratedRegex(@"demo +(https://\S+)")]
    private static partial Regex Link();
}
