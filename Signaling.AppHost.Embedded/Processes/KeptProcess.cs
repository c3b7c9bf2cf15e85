using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Signaling.AppHost.Embedded.Processes;

/// <summary>A child process and its <see cref="Keeper"/>, seen from the AppHost.</summary>
internal sealed class KeptProcess : IDisposable
{
    private readonly Process _keeper;
    private readonly Task _output;

    public KeptProcess(ProcessCommand command, IReadOnlyDictionary<string, string?> environment, Action<string, bool> line)
    {
        var start = new ProcessStartInfo(ProcessCommand.Dotnet)
        {
            WorkingDirectory = command.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[Assembly.GetEntryAssembly()!.Location, Keeper.Verb, command.File, .. command.Arguments]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;

        _keeper = Process.Start(start)!;
        _output = Task.WhenAll(
            Lines.ReadAsync(_keeper.StandardOutput, text => Said(text, line)),
            Lines.ReadAsync(_keeper.StandardError, text => line(text, true)));
        Exited = ExitedAsync();
    }

    /// <summary>The child's own process id, once it runs.</summary>
    public int? Id { get; private set; }

    /// <summary>The child's exit code, when it and all it started are gone and its last line has been read.</summary>
    public Task<int> Exited { get; }

    /// <summary>Ends it; at most a little longer than <see cref="Keeper.Grace"/>, or at once when that is cancelled too.</summary>
    public async Task StopAsync(CancellationToken hurry)
    {
        try
        {
            _keeper.StandardInput.Close();
            await Exited.WaitAsync(Keeper.Grace + TimeSpan.FromSeconds(2), hurry);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException or IOException)
        {
            Posix.SignalGroup(_keeper.Id, Posix.Kill);
            if (OperatingSystem.IsWindows()) _keeper.Kill(entireProcessTree: true);
            await Exited;
        }
    }

    public void Dispose() => _keeper.Dispose();

    private void Said(string text, Action<string, bool> line)
    {
        if (text.StartsWith(Keeper.Mark)) Id = int.Parse(text.AsSpan(1), CultureInfo.InvariantCulture);
        else line(text, false);
    }

    private async Task<int> ExitedAsync()
    {
        await _keeper.WaitForExitAsync();
        // whatever is left of the group is not wanted any more, and may hold the output open
        Posix.SignalGroup(_keeper.Id, Posix.Kill);
        await _output;
        return _keeper.ExitCode;
    }
}
