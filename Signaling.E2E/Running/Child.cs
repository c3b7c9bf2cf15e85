using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Signaling.E2E.Running;

/// <summary>A program that a test has started: what it says is kept, and it ends with the test, its own children too.</summary>
public sealed class Child : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private Child(string name, Process process) => (Name, _process) = (name, process);

    public string Name { get; }

    public Transcript Output { get; } = new();

    public static Child Start(string name, ProcessStartInfo program)
    {
        program.RedirectStandardInput = true; // stays open: a program that watches it learns when the tests are gone
        program.RedirectStandardOutput = true;
        program.RedirectStandardError = true;

        var child = new Child(name, new Process { StartInfo = program, EnableRaisingEvents = true });
        child._process.OutputDataReceived += (_, said) => child.Heard(said.Data);
        child._process.ErrorDataReceived += (_, said) => child.Heard(said.Data);
        child._process.Exited += (_, _) => child.Output.End();
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits for a line; a program that ends before, or never says it, fails with all that it did say.</summary>
    public async Task<Match> SaysAsync(Regex pattern)
    {
        try
        {
            return await Output.SaysAsync(pattern).WaitAsync(StartTime, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Name} did not say /{pattern}/ in {StartTime.TotalSeconds} s. It said:{Environment.NewLine}{Output}");
        }
    }

    /// <summary>Waits until the program has ended by itself.</summary>
    public async Task<int> EndsAsync(TimeSpan? patience = null)
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(patience ?? StartTime);
        return _process.ExitCode;
    }

    /// <summary>Asks it to end (SIGTERM), as a terminal or a container host would; ends it where it does not listen.</summary>
    public async Task StopAsync()
    {
        try
        {
            if (_process.HasExited) return;
            if (OperatingSystem.IsWindows() || Kill(_process.Id, Terminate) != 0) _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopTime);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private void Heard(string? line)
    {
        if (line is not null) Output.Add(line);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
