using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signaling.Server.Hosting;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

public sealed class TlsTests : BackplaneTest
{
    private readonly PrivateAuthority _authority = new("one of our own");
    private int _port;

    // A new port for each try.
    protected override string[] RedisOptions =>
    [
        "--tls-port", $"{_port = RedisServer.FreePort()}", "--tls-auth-clients", "no",
        "--tls-cert-file", _authority.Issued("redis.test"), "--tls-key-file", _authority.KeyOf("redis.test"), "--tls-ca-cert-file", _authority.File,
    ];

    private string Secure => $"127.0.0.1:{_port},ssl=true,sslHost=redis.test,{DocumentedUser.Login},asyncTimeout=30000";

    public override async ValueTask InitializeAsync()
    {
        if (RedisServer.Find() is { } program)
            Assert.SkipWhen((await ComplaintAsync(program, "--tls-port", "x")).Contains("Bad directive", StringComparison.Ordinal), "This redis-server was built without TLS.");
        await base.InitializeAsync();
        await DocumentedUser.MakeAsync(Redis);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _authority.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Servers_meet_by_TLS_as_a_user_of_Redis_whose_certificate_is_of_an_authority_that_they_are_told()
    {
        (string, string)[] settings = [("ConnectionStrings:redis", Secure), ("Backplane:CertificateAuthority", _authority.File)];
        var (one, other) = (await StartRelayAsync(settings), await StartRelayAsync(settings));
        await HealthIsAsync(one, "Healthy");
        await MeetAsync(one, other);
        Assert.Contains("user=relay", await Redis.AskAsync("CLIENT", "LIST"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the system's authorities", "RemoteCertificateChainErrors")]
    [InlineData("another authority", "UntrustedRoot|PartialChain")]
    [InlineData("another name", "RemoteCertificateNameMismatch")]
    public async Task A_Redis_that_shows_a_certificate_which_cannot_be_trusted_is_not_spoken_to(string expects, string why)
    {
        using var another = new PrivateAuthority("another");
        var log = new CapturedLog();
        await using var relay = await TestRelay.StartAsync(
            services => services.AddSingleton<ILoggerProvider>(log),
            ("ConnectionStrings:redis", expects == "another name" ? Secure.Replace("redis.test", "another.test", StringComparison.Ordinal) : Secure),
            ("Backplane:CertificateAuthority", expects switch { "the system's authorities" => "", "another authority" => another.File, _ => _authority.File }),
            ("Backplane:Patience", "00:00:00.010"));

        await relay.UntilAsync(() => log.Text.Contains("not accepted", StringComparison.Ordinal));
        Assert.Matches($@"certificate that Redis shows is not accepted \(({why})", log.Text);
        await HealthIsAsync(relay, "Degraded");
        Assert.DoesNotContain("user=relay", await Redis.AskAsync("CLIENT", "LIST"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", log.Text, StringComparison.Ordinal);
        // Rooms work as without it.
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");
        await alice.SayAsync("among us");
        Assert.Equal("among us", (await bob.NextAsync()).Text);
    }

    [Theory]
    [InlineData("there is no such file", "ssl=true")]
    [InlineData("there is no certificate in it", "ssl=true")]
    [InlineData("of use by TLS alone", "ssl=false")]
    public async Task An_authority_that_is_of_no_use_stops_the_start_with_words_that_say_why(string trouble, string tls)
    {
        var file = trouble switch { "there is no such file" => "/nowhere/ca.pem", "there is no certificate in it" => _authority.KeyOf("redis.test"), _ => _authority.File };

        var stopped = await Assert.ThrowsAsync<StartException>(() => TestRelay.StartAsync(
            ("ConnectionStrings:redis", $"127.0.0.1:{_port},{tls},password=secret"), ("Backplane:CertificateAuthority", file)));

        Assert.StartsWith("Backplane:CertificateAuthority", stopped.Message, StringComparison.Ordinal);
        Assert.Contains(tls == "ssl=true" ? file : "ssl=true", stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", stopped.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> ComplaintAsync(string program, params string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo(program, options) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complaint = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        return complaint + await output;
    }
}
