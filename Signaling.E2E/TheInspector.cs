using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Signaling.E2E.Browsers;

namespace Signaling.E2E;

public sealed class TheInspector(BrowserProcesses browsers) : SystemTest(browsers)
{
    protected override bool IsRaw => false;

    [Fact]
    public async Task Shows_the_handshake_of_two_browsers_in_order_while_it_happens()
    {
        await using var inspector = await InspectorWindow.OpenAsync(await SessionAsync(), Relay.Url);
        var alice = await OpenAsync("alice");
        await inspector.PicksAsync(Room, peers: 1);
        var bob = await OpenAsync("bob");
        await alice.IsConnectedAsync();
        await bob.IsConnectedAsync();

        await inspector.SeesAsync("offer");
        await inspector.SeesAsync("answer");
        await inspector.SeesAsync("candidate", atLeast: 2);
        await inspector.SeesTimesOfAPairAsync();
        var kinds = (await inspector.SavedKindsAsync()).Where(kind => kind is "join" or "offer" or "answer" or "candidate").Distinct().ToArray();
        Assert.Equal(["join", "offer"], kinds[..2]);
        Assert.Equal(["answer", "candidate"], kinds[2..].Order());
        Assert.StartsWith("<svg xmlns=", await inspector.SaveAsync("Save as SVG"), StringComparison.Ordinal);

        var about = await inspector.ReadsAboutAsync("candidate");
        Assert.Contains("bytes on the wire", about, StringComparison.Ordinal);
        Assert.DoesNotContain("typ host", about, StringComparison.Ordinal);
        await inspector.IsAccessibleAsync();
        await inspector.PictureAsync("inspector");

        await inspector.ShowsOnlyAsync("offers and answers");
        Assert.Equal(0, await inspector.CountAsync("candidate"));
        await inspector.PressAsync("Pause");
        await bob.CloseAsync();
        await inspector.IsOfferedAsync(new Regex(@"^Go on \(\d+ new\)$"));
    }

    [Fact]
    public async Task Hints_at_an_offer_that_nobody_answers_until_somebody_does()
    {
        using var alice = await JoinAsync();
        await using var inspector = await InspectorWindow.OpenAsync(await SessionAsync(), Relay.Url);
        await inspector.PicksAsync(Room, peers: 1);
        using var bob = await JoinAsync();
        await SayAsync(alice, """{"type":"offer","sdp":"v=0"}""");

        await inspector.IsHintedAtAsync("Offer without answer");
        await inspector.PictureAsync("hint");
        await SayAsync(bob, """{"type":"answer","sdp":"v=0"}""");
        await inspector.IsHintedAtAsync("It is well again.");
    }

    private async Task<ClientWebSocket> JoinAsync()
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(Relay.Socket(Room), TestContext.Current.CancellationToken);
        return socket;
    }

    private static Task SayAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
}
