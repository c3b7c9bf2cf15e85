using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Signaling.E2E.Running;

namespace Signaling.E2E.ScaleOut;

/// <summary>The load balancers of docs/scaling.md, as they stand there, before servers that say who they are.</summary>
public sealed partial class RoomsAtHome : IAsyncLifetime
{
    private const int Rooms = 40;
    private readonly string _folder = Directory.CreateTempSubdirectory("balancer-").FullName;
    private readonly int _port = FreePort();
    private readonly List<NamedServer> _servers = [];
    private Child? _balancer;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task All_of_a_room_come_to_one_relay_and_when_it_is_gone_its_rooms_alone_move(string balancer)
    {
        await StartAsync(balancer);

        var homes = await HomesAsync();
        Assert.Equal(["relay-1", "relay-2", "relay-3"], homes.Distinct().Order());
        Assert.Equal(homes, await HomesAsync());
        Assert.Equal(await HomeAsync("/room/caf%C3%A9 1"), await HomeAsync("/room/caf%c3%a9%201"));

        await _servers[0].DisposeAsync();
        var after = await HomesAsync();
        Assert.DoesNotContain("relay-1", after);
        Assert.Equal(homes.Where(home => home != "relay-1"), after.Where((_, room) => homes[room] != "relay-1"));
    }

    public async ValueTask InitializeAsync()
    {
        for (var number = 1; number <= 3; number++) _servers.Add(await NamedServer.StartAsync($"relay-{number}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_balancer is not null) await _balancer.DisposeAsync();
        foreach (var server in _servers) await server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(string balancer)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin").Split(':').Select(folder => Path.Combine(folder, balancer)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, $"needs {balancer}: install it for the test of docs/scaling.md");
        var settings = Path.Combine(_folder, "settings");
        await File.WriteAllTextAsync(settings, balancer == "nginx" ? Nginx() : Snippet(balancer), Stop);
        _balancer = Child.Start(balancer, new ProcessStartInfo(program!, balancer == "nginx" ? ["-p", _folder, "-e", "stderr", "-c", settings] : ["-db", "-f", settings]));
        await ListensAsync();
    }

    /// <summary>What a machine's own nginx.conf has around it.</summary>
    private string Nginx() => $$"""
        daemon off;
        master_process off;
        pid {{_folder}}/pid;
        error_log stderr crit;
        events { }
        http {
          access_log off;
          client_body_temp_path {{_folder}}/body;
          proxy_temp_path {{_folder}}/proxy;
          fastcgi_temp_path {{_folder}}/fastcgi;
          uwsgi_temp_path {{_folder}}/uwsgi;
          scgi_temp_path {{_folder}}/scgi;
          {{Snippet("nginx")}}
        }
        """;

    private string Snippet(string language)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "scaling.md"));
        var text = Regex.Match(page, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        text = ListenLine().Replace(text, $"$1 127.0.0.1:{_port}");
        return ServerName().Replace(text, name => $"127.0.0.1:{_servers[int.Parse(name.Groups[1].Value, CultureInfo.InvariantCulture) - 1].Port}");
    }

    private async Task<string[]> HomesAsync() =>
        await Task.WhenAll(Enumerable.Range(0, Rooms).Select(room => HomeAsync($"/room/room-{room}")));

    /// <summary>Who answers a WebSocket to that address.</summary>
    private async Task<string> HomeAsync(string path)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_port}{path}"), Stop);
        var buffer = new byte[100];
        var answer = await socket.ReceiveAsync(buffer, Stop);
        return Encoding.UTF8.GetString(buffer, 0, answer.Count);
    }

    private async Task ListensAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var line = new TcpClient();
            try
            {
                await line.ConnectAsync(IPAddress.Loopback, _port, patience.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"(listen|bind) :?8080")]
    private static partial Regex ListenLine();

    [GeneratedRegex(@"relay-(\d):8080")]
    private static partial Regex ServerName();
}
