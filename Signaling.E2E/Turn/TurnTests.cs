using System.Security.Cryptography;
using System.Text;
using Signaling.E2E.Browsers;
using Signaling.E2E.Running;

namespace Signaling.E2E.Turn;

/// <summary>A real coturn believes the credentials that the relay issues, as long as they are good.</summary>
public sealed class TurnTests(BrowserProcesses browsers) : IAsyncLifetime
{
    private readonly Stack<IAsyncDisposable> _owned = [];
    private Coturn? _coturn;
    private Relay? _relay;
    private CallerPage? _page;

    public async ValueTask InitializeAsync()
    {
        var program = Coturn.Find();
        Assert.SkipWhen(program is null, "There is no turnserver on the PATH: install coturn.");
        try
        {
            _coturn = Own(await Coturn.StartAsync(program));
            _relay = Own(new Relay(settings:
            [
                $"--Ice:TurnUrls:0=turn:127.0.0.1:{_coturn.Port}?transport=udp",
                $"--Ice:TurnUrls:1=turn:127.0.0.1:{_coturn.Port}?transport=tcp",
                $"--Ice:TurnSecret={Coturn.Secret}",
            ]));
            await _relay.StartAsync();
            _page = Own(await CallerPage.StartAsync());
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        while (_owned.TryPop(out var resource)) await resource.DisposeAsync();
        if (TestContext.Current.TestState?.Result == TestResult.Failed) TestContext.Current.TestOutputHelper?.WriteLine($"coturn said:\n{_coturn?.Console}\nThe relay said:\n{_relay?.Console}");
    }

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Two_browsers_that_may_use_nothing_but_TURN_talk_with_credentials_of_the_relay(string transport)
    {
        var (alice, bob) = (await OpenAsync(0), await OpenAsync(1));
        var (forAlice, forBob) = (await ToldAsync(alice, transport), await ToldAsync(bob, transport));
        Assert.NotEqual(forAlice.Username, forBob.Username);

        await alice.EnterAsync(_relay!.Socket("turn"), forAlice);
        await bob.EnterAsync(_relay.Socket("turn"), forBob);
        await bob.CallAsync();
        Assert.Equal(["hello from bob", "hello from alice"], await Task.WhenAll(alice.TalkAsync("hello from alice"), bob.TalkAsync("hello from bob")));

        Assert.Equal($"relay {transport}", await alice.WayAsync());
        Assert.Equal($"relay {transport}", await bob.WayAsync());
        await Task.WhenAll(_coturn!.AdmitsAsync(forAlice.Username), _coturn.AdmitsAsync(forBob.Username));
    }

    [Fact]
    public async Task A_TURN_server_refuses_a_credential_that_has_run_out()
    {
        var alice = await OpenAsync(0);
        var good = await ToldAsync(alice, "udp");
        var name = good.Username.Split(':')[1];
        Assert.Equal(good, Issued(good, good.Username)); // the test issues as the relay does
        Assert.Equal("relay", await alice.GatherAsync(good));

        var expired = Issued(good, $"{DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds()}:{name}");
        Assert.Equal("error 401", await alice.GatherAsync(expired));
    }

    private async Task<Caller> OpenAsync(int browser) => Own(await Caller.OpenAsync(await browsers.SessionAsync(browser), _page!.Url));

    /// <summary>The TURN server that the relay tells of, by one transport of the two.</summary>
    private async Task<IceServer> ToldAsync(Caller caller, string transport)
    {
        var answer = await caller.AsksAsync(_relay!.Url);
        var server = Assert.Single(answer.IceServers);
        Assert.Matches("^[0-9]+:[A-Za-z0-9_-]{22}$", server.Username);
        return server with { Urls = [Assert.Single(server.Urls, url => url.EndsWith($"transport={transport}", StringComparison.Ordinal))] };
    }

    private static IceServer Issued(IceServer server, string userName)
    {
#pragma warning disable CA5350 // the scheme says SHA-1
        var hash = HMACSHA1.HashData(Encoding.UTF8.GetBytes(Coturn.Secret), Encoding.UTF8.GetBytes(userName));
#pragma warning restore CA5350
        return server with { Username = userName, Credential = Convert.ToBase64String(hash) };
    }

    private T Own<T>(T resource) where T : IAsyncDisposable
    {
        _owned.Push(resource);
        return resource;
    }
}
