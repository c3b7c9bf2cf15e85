using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signaling.Server.Hosting;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signaling-tls-");

    private string Certificate => Path.Combine(_folder.FullName, "relay.pem");

    private string Key => Path.Combine(_folder.FullName, "relay.key");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Peers_talk_over_wss_and_go_on_when_the_certificate_is_replaced(string version)
    {
        var first = Issue("first");
        await using var relay = await StartAsync();
        using var alice = new Secure(relay.EndPoint, Version.Parse(version), first);
        await alice.ConnectAsync();

        var second = Issue("second");
        relay.Time.Advance(TimeSpan.FromSeconds(11));
        using var bob = new Secure(relay.EndPoint, Version.Parse(version), second);
        await bob.ConnectAsync();

        await bob.SayAsync("hello, alice");
        Assert.Equal("hello, alice", await alice.HearAsync());
        await alice.SayAsync("hello, bob");
        Assert.Equal("hello, bob", await bob.HearAsync());
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_passed_over()
    {
        var first = Issue("first");
        await using var relay = await StartAsync();
        await File.WriteAllTextAsync(Certificate, "half", TestContext.Current.CancellationToken);
        relay.Time.Advance(TimeSpan.FromSeconds(11));

        using var alice = new Secure(relay.EndPoint, HttpVersion.Version11, first);
        await alice.ConnectAsync();
    }

    [Fact]
    public async Task Without_a_certificate_that_can_be_read_it_does_not_start()
    {
        var error = await Assert.ThrowsAsync<StartException>(StartAsync);
        Assert.Contains("Server:CertificatePath", error.Message, StringComparison.Ordinal);
    }

    private Task<TestRelay> StartAsync() => TestRelay.StartAsync(
        ("urls", "https://127.0.0.1:0"), ("Server:Wire", "auto"), ("Server:CertificatePath", Certificate), ("Server:CertificateKeyPath", Key));

    // The thumbprint of a new one, which now lies in the files.
    private string Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        return certificate.Thumbprint;
    }

    /// <summary>A client that trusts one certificate. It speaks the version of HTTP that it is told, or does not connect.</summary>
    private sealed class Secure : IDisposable
    {
        private readonly ClientWebSocket _socket = new();
        private readonly HttpMessageInvoker _http;
        private readonly Uri _url;

        public Secure(IPEndPoint server, Version version, string thumbprint)
        {
            _url = new Uri($"wss://{server}/room/demo");
            _http = new HttpMessageInvoker(new SocketsHttpHandler
            {
                SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == thumbprint },
            });
            (_socket.Options.HttpVersion, _socket.Options.HttpVersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
        }

        public Task ConnectAsync() => _socket.ConnectAsync(_url, _http, TestContext.Current.CancellationToken);

        public Task SayAsync(string text) =>
            _socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

        public async Task<string> HearAsync()
        {
            var buffer = new byte[1024];
            var received = await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            return System.Text.Encoding.UTF8.GetString(buffer, 0, received.Count);
        }

        public void Dispose()
        {
            _socket.Dispose();
            _http.Dispose();
        }
    }
}
