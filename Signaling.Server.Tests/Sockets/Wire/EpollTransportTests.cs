using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Signaling.Server.Hosting;
using Signaling.Server.Sockets.Wire;
using Signaling.Server.Sockets.Wire.Epoll;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets.Wire;

/// <summary>Kestrel on our transport, with an application that is none of ours.</summary>
public sealed class EpollTransportTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"signaling-{Guid.NewGuid():N}.sock");

    public EpollTransportTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "epoll is Linux's");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://[::1]:0")]
    [InlineData("unix")]
    public async Task Large_bodies_go_both_ways(string url)
    {
        await using var app = await StartAsync(url == "unix" ? $"http://unix:{_path}" : url);
        using var http = Http(app);
        var body = RandomNumberGenerator.GetBytes(5_000_000);

        for (var i = 0; i < 3; i++)
        {
            using var answer = await http.PostAsync("/echo", new ByteArrayContent(body), TestContext.Current.CancellationToken);
            Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        await using var app = await StartAsync("http://127.0.0.1:0");
        using var client = await Client.ConnectAsync(EndPoint(app));
        var requests = string.Concat(Enumerable.Range(0, 50).Select(i => $"GET /number/{i} HTTP/1.1\r\nHost: localhost\r\n{(i == 49 ? "Connection: close\r\n" : "")}\r\n"));

        await client.SendAsync(Encoding.ASCII.GetBytes(requests));

        var numbers = (await client.AllAsync()).Split('\n').Where(line => line.StartsWith("number ", StringComparison.Ordinal)).Select(line => line.TrimEnd());
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"number {i}"), numbers);
    }

    [Fact]
    public async Task Addresses_of_both_ends_are_known()
    {
        await using var app = await StartAsync("http://0.0.0.0:0");
        using var client = await Client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, EndPoint(app).Port));

        await client.SendAsync("GET /ends HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());

        Assert.Contains("from 127.0.0.1 to 127.0.0.1", await client.AllAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_writes_to_a_client_that_is_gone_is_told_by_its_request_and_by_no_exception()
    {
        var outcome = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await StartAsync("http://127.0.0.1:0", app => app.MapGet("/endless", async context =>
        {
            try
            {
                while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(new byte[100_000]);
                outcome.SetResult(null);
            }
            catch (Exception error)
            {
                outcome.SetResult(error);
            }
        }));
        var client = await Client.ConnectAsync(EndPoint(app));
        await client.SendAsync("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        await client.AnswerAsync();

        client.Cut();

        Assert.Null(await outcome.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Kestrel_may_abort_without_a_reason_what_waits_for_a_client_that_reads_nothing()
    {
        using var loops = new Loops(NullLogger<Loops>.Instance);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        await using var connection = new EpollConnection(loops.Next(), Libc.Accept((int)listener.Server.Handle, new byte[SocketAddressBytes.Max]), null, null);
        connection.Begin();
        var writing = connection.Transport.Output.WriteAsync(new byte[32 * 1024 * 1024], TestContext.Current.CancellationToken);
        Assert.False(writing.IsCompleted);

        connection.Abort(null!); // as it does when the client is gone

        Assert.True((await writing).IsCompleted);
    }

    private static IPEndPoint EndPoint(WebApplication app) => new(IPAddress.Loopback, new Uri(app.Urls.Single()).Port);

    private static async Task<WebApplication> StartAsync(string url, Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        builder.Services.AddOptions<ServerOptions>();
        builder.Services.AddSingleton<WireChoice>().AddSingleton<Loops>().AddSingleton<IConnectionListenerFactory, EpollTransport>();
        var app = builder.Build();
        app.MapPost("/echo", async (HttpContext context) =>
        {
            // All of it before the answer: who sends does not read meanwhile.
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length));
        });
        app.MapGet("/number/{n}", (int n) => $"number {n}\n");
        app.MapGet("/ends", (HttpContext context) => $"from {context.Connection.RemoteIpAddress} to {context.Connection.LocalIpAddress}\n");
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private HttpClient Http(WebApplication app) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, token) =>
        {
            EndPoint to = File.Exists(_path) ? new UnixDomainSocketEndPoint(_path) : new IPEndPoint(IPAddress.Parse(context.DnsEndPoint.Host), context.DnsEndPoint.Port);
            var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(to, token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = File.Exists(_path) ? new Uri("http://localhost") : new Uri(app.Urls.Single()),
    };
}
