using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Signaling.E2E.AppHost;

/// <summary><c>dotnet run --project Signaling.AppHost</c>, in a process group of its own as a terminal would give it.</summary>
internal sealed partial class AppHostRun : IAsyncDisposable
{
    public const string Token = "the-token-of-this-test";
    private static readonly Lazy<Task> Built = new(BuildAsync);
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _reading;

    private AppHostRun(Process process, string mark)
    {
        _process = process;
        Processes = new SystemProcesses(mark);
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public SystemProcesses Processes { get; }

    /// <summary>Of `dotnet run`, and of its group.</summary>
    public int Id => _process.Id;

    public HttpClient Dashboard { get; private set; } = new();

    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    private static string Root { get; } = FindRoot();

    /// <summary>Starts it with a free port for everything, but for what is said otherwise.</summary>
    public static Task<AppHostRun> StartAsync(params (string Name, string Value)[] environment) => StartAsync([], environment);

    /// <summary>The same, with a command line.</summary>
    public static Task<AppHostRun> StartAsync(string[] arguments, params (string Name, string Value)[] environment) => StartByAsync([], arguments, environment);

    /// <summary>The same, by another program that runs what follows it.</summary>
    public static async Task<AppHostRun> StartByAsync(string[] program, string[] arguments, params (string Name, string Value)[] environment)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks into /proc");
        Assert.SkipWhen(Environment.GetEnvironmentVariable("UseAspire") == "true", "Aspire has its own dashboard and its own way to start processes");
        await Built.Value;
        var mark = Guid.NewGuid().ToString("n");
        // A shell that runs these tests in the background has them ignore Ctrl-C, and what they start inherits that.
        var start = new ProcessStartInfo("/usr/bin/setsid", ["/usr/bin/env", "--default-signal=INT", .. program, Dotnet, "run", "--project", "Signaling.AppHost", "--no-build", "--no-launch-profile", "--configuration", Configuration, "--", .. arguments])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [SystemProcesses.Variable] = mark, ["RELAY_PORT"] = "0", ["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] = Token },
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new AppHostRun(Process.Start(start)!, mark);
    }

    /// <summary>Starts it and waits until everything is up.</summary>
    public static async Task<AppHostRun> UpAsync(params string[] arguments)
    {
        var run = await StartAsync(arguments);
        await run.SaysAsync("Everything is up");
        run.OpenDashboard();
        return run;
    }

    public async Task SaysAsync(string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!Said.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_reading.IsCompleted && !Said.Contains(text, StringComparison.Ordinal), $"It ended and never said '{text}':\n{Said}");
            await _news.WaitAsync(TimeSpan.FromSeconds(1), patience.Token);
        }
    }

    public async Task<IReadOnlyList<JsonElement>> ResourcesAsync() =>
        (await Dashboard.GetFromJsonAsync<JsonElement>("/api/resources", CancellationToken.None)).EnumerateArray().ToList();

    public async Task<JsonElement> ResourceAsync(string name) =>
        (await ResourcesAsync()).Single(one => one.GetProperty("name").GetString() == name);

    /// <summary>Reports to the dashboard as a service would, by the key that the relay was given if no other is.</summary>
    public async Task<HttpStatusCode> ExportAsync(string path, byte[] body, string? key = null, string type = "application/x-protobuf", (string Name, string Value)? header = null)
    {
        using var service = new HttpClient { BaseAddress = Dashboard.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Add("x-otlp-api-key", key ?? await OtlpKeyAsync());
        if (header is { Name: "Content-Encoding", Value: var encoding }) request.Content.Headers.ContentEncoding.Add(encoding);
        else if (header is { } other) request.Headers.TryAddWithoutValidation(other.Name, other.Value);
        using var answer = await service.SendAsync(request, CancellationToken.None);
        return answer.StatusCode;
    }

    private async Task<string> OtlpKeyAsync()
    {
        var relay = (await ResourceAsync("relay")).GetProperty("pid").GetInt32();
        var environment = await File.ReadAllTextAsync($"/proc/{relay}/environ", CancellationToken.None);
        return OtlpKey().Match(environment).Groups[1].Value;
    }

    public async Task<int> ExitedAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        await _reading;
        return _process.ExitCode;
    }

    public static void Signal(PosixSignal signal, int id) => _ = kill(id, signal switch { PosixSignal.SIGINT => 2, PosixSignal.SIGTERM => 15, _ => (int)signal });

    public async ValueTask DisposeAsync()
    {
        Dashboard.Dispose();
        foreach (var id in Processes.Ids()) Signal((PosixSignal)9, id);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _news.Dispose();
    }

    /// <summary>Opens the dashboard with the token, as a script would.</summary>
    private void OpenDashboard()
    {
        Dashboard.Dispose();
        Dashboard = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(LoginLink().Match(Said).Groups[1].Value) };
        Dashboard.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_said) _said.AppendLine(line);
            _news.Release();
        }
    }

    private static async Task BuildAsync()
    {
        // a build server that stays would keep the pipe of this process open
        using var build = Process.Start(new ProcessStartInfo(Dotnet, ["build", "Signaling.AppHost", "--configuration", Configuration, "-nodeReuse:false", "-p:UseSharedCompilation=false"]) { WorkingDirectory = Root, RedirectStandardOutput = true })!;
        var said = await build.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await build.WaitForExitAsync(CancellationToken.None);
        Assert.True(build.ExitCode == 0, said);
    }

    internal static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    private static string Configuration => typeof(AppHostRun).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    internal static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Signaling.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex(@"Login to the dashboard at (http://localhost:\d+)")]
    private static partial Regex LoginLink();

    [GeneratedRegex("OTEL_EXPORTER_OTLP_HEADERS=x-otlp-api-key=([0-9a-f]+)")]
    private static partial Regex OtlpKey();

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
