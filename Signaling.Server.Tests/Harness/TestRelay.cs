using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Signaling.Server.Tests.Harness;

/// <summary>The real server on a free port of loopback, with time in the test's hands.</summary>
internal sealed class TestRelay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<Client> _clients = [];

    private TestRelay(WebApplication app, FakeTimeProvider time)
    {
        _app = app;
        Time = time;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Instruments = new Instruments(app.Services);
    }

    public FakeTimeProvider Time { get; }

    public HttpClient Http { get; }

    public Instruments Instruments { get; }

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Http.BaseAddress!.Port);

    public static async Task<TestRelay> StartAsync(params (string Setting, string Value)[] settings)
    {
        var time = new FakeTimeProvider();
        string[] args = ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", "--Limits:MessagesPerSecond=0", .. settings.Select(one => $"--{one.Setting}={one.Value}")];
        var app = Program.Build(args, services => services.AddSingleton<TimeProvider>(time));
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new TestRelay(app, time);
    }

    /// <summary>Joins a room; the lobby when none is named.</summary>
    public async Task<Client> JoinAsync(string room = "", int? receiveBuffer = null)
    {
        var client = await ConnectAsync(receiveBuffer);
        await client.UpgradeAsync(room.Length == 0 ? "/" : $"/room/{room}");
        return client;
    }

    /// <summary>Joins a room in envelope mode.</summary>
    public async Task<Member> EnterAsync(string room, string query = "") =>
        await Member.EnterAsync(await ConnectAsync(), $"/room/{room}{query}");

    /// <summary>Comes back to a place.</summary>
    public Task<Member> ResumeAsync(string room, string secret, int? got = null) =>
        EnterAsync(room, $"?resume={secret}{(got is null ? "" : $"&got={got}")}");

    /// <summary>Opens a connection and says nothing on it.</summary>
    public async Task<Client> ConnectAsync(int? receiveBuffer = null)
    {
        var client = await Client.ConnectAsync(EndPoint, receiveBuffer);
        lock (_clients) _clients.Add(client);
        return client;
    }

    /// <summary>Stops the server as SIGTERM does.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Cut();
        Instruments.Dispose();
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
