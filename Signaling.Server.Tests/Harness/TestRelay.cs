using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signaling.Server.Relay;

namespace Signaling.Server.Tests.Harness;

/// <summary>The real server on a free port of loopback, with time in the test's hands.</summary>
internal sealed class TestRelay : IAsyncDisposable
{
    private const string Kestrels = "kestrel";

    private static readonly string Kind = Environment.GetEnvironmentVariable("SIGNALING_WIRE") ?? "auto";

    /// <summary>
    /// The same tests run with each kind of wire: <c>SIGNALING_WIRE</c> is <c>auto</c>, <c>stream</c>, <c>socket</c>, or
    /// <c>kestrel</c>: the stream on Kestrel's own transport.
    /// </summary>
    public static string Wire { get; } = Kind == Kestrels ? "stream" : Kind;

    private static string Transport { get; } = Kind == Kestrels ? Kestrels : "auto";

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

    public IServiceProvider Services => _app.Services;

    public static Task<TestRelay> StartAsync(params (string Setting, string Value)[] settings) => StartAsync(_ => { }, settings);

    /// <param name="adjust">Changes parts of the server.</param>
    /// <param name="settings">As on the command line.</param>
    public static async Task<TestRelay> StartAsync(Action<IServiceCollection> adjust, params (string Setting, string Value)[] settings)
    {
        var time = new FakeTimeProvider();
        string[] args = ["--urls", "http://127.0.0.1:0", $"--Server:Wire={Wire}", $"--Server:Transport={Transport}", "--Logging:LogLevel:Default=Warning", "--Logging:Console:LogLevel:Default=Error", "--Limits:MessagesPerSecond=0", "--Limits:ConnectionsPerAddress=0", .. settings.Select(one => $"--{one.Setting}={one.Value}")];
        var app = Program.Build(args, services => adjust(services.AddSingleton<TimeProvider>(time)));
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
    public async Task<Client> JoinAsync(string room = "", int? receiveBuffer = null, params string[] headers)
    {
        var client = await ConnectAsync(receiveBuffer);
        await client.UpgradeAsync(room.Length == 0 ? "/" : $"/room/{room}", headers);
        return client;
    }

    /// <summary>Joins a room in envelope mode.</summary>
    public async Task<Member> EnterAsync(string room, string query = "") =>
        await Member.EnterAsync(await ConnectAsync(), $"/room/{room}{query}");

    /// <summary>Comes back to a place.</summary>
    public Task<Member> ResumeAsync(string room, string secret, int? got = null) =>
        EnterAsync(room, $"?resume={secret}{(got is null ? "" : $"&got={got}")}");

    /// <summary>Asks for a room and is refused; the status and the head of the answer.</summary>
    public async Task<(int Status, string Head)> AskAsync(string path, params string[] headers) =>
        await (await ConnectAsync()).RequestAsync(path, headers);

    /// <summary>Opens a connection and says nothing on it.</summary>
    public async Task<Client> ConnectAsync(int? receiveBuffer = null)
    {
        var client = await Client.ConnectAsync(EndPoint, receiveBuffer);
        lock (_clients) _clients.Add(client);
        return client;
    }

    /// <summary>Waits until the server is as it should become, and gives it the time for that.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        while (!holds()) await Http.GetAsync("/alive", watchdog.Token);
    }

    /// <summary>Waits until the server hears the others in a room that somebody is in.</summary>
    public Task UntilReadyAsync(string room) => Services.GetRequiredService<Rooms>().Find(room)!.Elsewhere!.Ready.WaitAsync(TestContext.Current.CancellationToken);

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
