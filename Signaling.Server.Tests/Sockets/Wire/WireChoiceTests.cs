using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Hosting;
using Signaling.Server.Sockets.Wire;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets.Wire;

public sealed class WireChoiceTests : IDisposable
{
    private readonly string _certificate = Path.Combine(Path.GetTempPath(), $"signaling-{Guid.NewGuid():N}.pfx");

    public WireChoiceTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the socket wire needs Linux");

    public void Dispose() => File.Delete(_certificate);

    [Theory]
    [InlineData("socket", 1)]
    [InlineData("auto", 1)]
    [InlineData("stream", 4)]
    public async Task Kestrel_forgets_connections_that_the_socket_wire_has_taken_and_keeps_those_of_the_stream(string wire, int known)
    {
        await using var relay = await TestRelay.StartAsync(("Server:Wire", wire));
        using var listener = new MeterListener();
        var connections = 0L;
        var scope = relay.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Name == "kestrel.active_connections" && instrument.Meter.Scope == scope) it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref connections, change));
        listener.Start();

        for (var i = 0; i < 3; i++) await relay.JoinAsync("demo");

        // The one is of these questions.
        await relay.UntilAsync(() => Interlocked.Read(ref connections) == known);
        Assert.Equal(3, relay.Instruments["signaling.peers"]);
    }

    [Fact]
    public async Task Encrypted_connections_take_the_stream()
    {
        await using var relay = await TestRelay.StartAsync([("Server:Wire", "auto"), .. Encrypted()]);
        using var alice = await ConnectAsync(relay);
        using var bob = await ConnectAsync(relay);

        await alice.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

        var buffer = new byte[100];
        var heard = await bob.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal("hello"u8.ToArray(), buffer[..heard.Count]);
    }

    [Fact]
    public async Task Where_the_socket_is_demanded_and_cannot_be_had_the_server_does_not_start()
    {
        var error = await Assert.ThrowsAsync<StartException>(() => TestRelay.StartAsync([("Server:Wire", "socket"), .. Encrypted()]));
        Assert.Contains("Server:Wire", error.Message, StringComparison.Ordinal);
        Assert.Contains("encrypted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kestrels_own_transport_can_be_demanded_and_leaves_no_socket()
    {
        await using (var relay = await TestRelay.StartAsync(("Server:Wire", "auto"), ("Server:Transport", "kestrel")))
        {
            var alice = await relay.JoinAsync("demo");
            var bob = await relay.JoinAsync("demo");
            await alice.SayAsync("hello");
            Assert.Equal("hello", (await bob.NextAsync()).Text);
            Assert.False(relay.Services.GetRequiredService<WireChoice>().TakesSockets);
        }

        var error = await Assert.ThrowsAsync<StartException>(() => TestRelay.StartAsync(("Server:Wire", "socket"), ("Server:Transport", "kestrel")));
        Assert.Contains("Server:Transport is kestrel", error.Message, StringComparison.Ordinal);
    }

    private (string, string)[] Encrypted()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllBytes(_certificate, certificate.Export(X509ContentType.Pfx, "secret"));
        return [("urls", "https://127.0.0.1:0"), ("Kestrel:Certificates:Default:Path", _certificate), ("Kestrel:Certificates:Default:Password", "secret")];
    }

    private static async Task<ClientWebSocket> ConnectAsync(TestRelay relay)
    {
        var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost";
        await socket.ConnectAsync(new Uri($"wss://127.0.0.1:{relay.EndPoint.Port}/room/demo"), TestContext.Current.CancellationToken);
        return socket;
    }
}
