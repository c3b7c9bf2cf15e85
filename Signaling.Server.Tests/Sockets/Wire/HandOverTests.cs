using System.Net;
using System.Net.Sockets;
using System.Text;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets.Wire;

/// <summary>From Kestrel's connection to the relay's own descriptor.</summary>
public sealed class HandOverTests
{
    private static readonly (string, string) Socket = ("Server:Wire", "socket");

    public HandOverTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the socket wire needs Linux");

    [Fact]
    public async Task What_is_said_before_during_and_after_it_arrives_in_order()
    {
        await using var relay = await TestRelay.StartAsync(Socket);
        var bob = await relay.JoinAsync("demo");
        for (var round = 0; round < 20; round++)
        {
            var dice = new Random(round);
            var alice = await relay.ConnectAsync();
            byte[] all = [.. Client.Request("demo"), .. Enumerable.Range(0, 200).SelectMany(i => Client.Encode(Opcode.Text, Encoding.ASCII.GetBytes($"{round} {i}")))];

            // She does not wait for the answer.
            for (var from = 0; from < all.Length;)
            {
                var to = Math.Min(all.Length, from + dice.Next(1, 400));
                await alice.SendAsync(all.AsMemory(from..to));
                from = to;
            }

            for (var i = 0; i < 200; i++) Assert.Equal($"{round} {i}", (await bob.NextAsync()).Text);
            alice.Cut();
        }
    }

    [Fact]
    public async Task Resets_at_any_moment_of_it_leave_no_peer_behind()
    {
        await using var relay = await TestRelay.StartAsync(Socket);
        var bob = await relay.JoinAsync("demo");
        for (var round = 0; round < 300; round++)
        {
            var dice = new Random(round);
            var alice = await relay.ConnectAsync();
            await alice.SendAsync(Client.Request("demo"));
            if (dice.Next(2) == 0) await alice.SayAsync("hello");
            if (dice.Next(3) == 0) await alice.AnswerAsync();
            Thread.SpinWait(dice.Next(20_000));
            alice.Cut();
        }

        await relay.Instruments.IsAsync("signaling.peers", 1);
        await relay.UntilAsync(() => relay.Instruments["signaling.rooms"] <= 1);
        var carol = await relay.JoinAsync("demo");
        await carol.SayAsync("end");
        Received heard;
        do heard = await bob.NextAsync();
        while (heard.Text == "hello");
        Assert.Equal("end", heard.Text);
    }

    [Fact]
    public async Task What_the_kernel_takes_in_small_pieces_arrives_whole()
    {
        await using var relay = await TestRelay.StartAsync(Socket, ("Limits:OutboxBytes", "16777216"));
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo", receiveBuffer: 2048);
        for (var i = 0; i < 100; i++) await alice.SayAsync(Opcode.Binary, Content(i));
        await relay.Instruments.IsAsync("signaling.messages.received", 100);

        for (var i = 0; i < 100; i++) Assert.Equal(Content(i), (await bob.NextAsync()).Payload);

        static byte[] Content(int i)
        {
            var bytes = new byte[i % 3 == 0 ? 60_000 : i % 3 == 1 ? 20 : 3000];
            new Random(i).NextBytes(bytes);
            return bytes;
        }
    }

    [Theory]
    [InlineData("http://[::1]:0")]
    [InlineData("unix")]
    public async Task Two_peers_meet_over(string url)
    {
        var path = Path.Combine(Path.GetTempPath(), $"signaling-{Guid.NewGuid():N}.sock");
        await using var relay = await TestRelay.StartAsync(Socket, ("urls", url == "unix" ? $"http://unix:{path}" : url));
        EndPoint server = url == "unix" ? new UnixDomainSocketEndPoint(path) : new IPEndPoint(IPAddress.IPv6Loopback, relay.EndPoint.Port);
        using var alice = await Client.ConnectAsync(server);
        using var bob = await Client.ConnectAsync(server);
        await alice.UpgradeAsync("/room/demo");
        await bob.UpgradeAsync("/room/demo");

        await alice.SayAsync("hello");

        Assert.Equal("hello", (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task No_descriptor_is_left_of_a_thousand_connections()
    {
        using var server = await ServerProcess.StartAsync("--Server:Wire=socket", "--Limits:ConnectionsPerAddress=0", "--Logging:LogLevel:Default=Information");
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.EndPoint}") };
        using (var first = await server.JoinAsync()) await first.SayCloseAsync();
        await http.GetAsync("/alive", TestContext.Current.CancellationToken);
        var before = server.Descriptors;

        for (var round = 0; round < 5; round++)
        {
            var clients = new List<Client>();
            for (var i = 0; i < 200; i++) clients.Add(await server.JoinAsync($"/room/{i / 3}"));
            Assert.True(server.Descriptors >= before + 190);
            for (var i = 0; i < clients.Count; i++)
            {
                if (i % 3 == 0) await clients[i].SayCloseAsync();
                if (i % 3 == 1) clients[i].EndSending();
                if (i % 3 != 2) await clients[i].EndAsync();
                clients[i].Cut();
            }
        }

        using var watchdog = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (server.Descriptors > before) await http.GetAsync("/alive", watchdog.Token);
    }
}
