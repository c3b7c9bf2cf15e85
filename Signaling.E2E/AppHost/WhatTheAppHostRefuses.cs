namespace Signaling.E2E.AppHost;

[Collection("AppHost")]
public sealed class WhatTheAppHostRefuses
{
    [Theory]
    [InlineData("--replicas is \"0\", which is no number of relays: 1 to 16.", "--replicas", "0")]
    [InlineData("--replicas is \"x\", which is no number of relays: 1 to 16.", "--replicas=x")]
    [InlineData("--replicas needs a value.", "--replicas")]
    [InlineData("--relays is no option here.", "--relays", "3")]
    public async Task A_command_line_that_it_cannot_take_gets_one_line_and_code_2(string line, params string[] arguments)
    {
        await using var run = await AppHostRun.StartAsync(arguments);

        Assert.Equal(2, await run.ExitedAsync());
        Assert.StartsWith(line, Assert.Single(run.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_relays_on_a_machine_without_Redis_are_told_of_both_ways_out()
    {
        var programs = Directory.CreateTempSubdirectory("apphost-path-");
        try
        {
            foreach (var name in (string[])["node", "npm"]) File.CreateSymbolicLink(Path.Combine(programs.FullName, name), OnPath(name));
            await using var run = await AppHostRun.StartAsync(["--replicas", "2"], ("PATH", programs.FullName));

            Assert.Equal(1, await run.ExitedAsync());
            Assert.Contains("apt-get install redis-server", run.Said, StringComparison.Ordinal);
            Assert.Contains("ConnectionStrings__redis=host:6379", run.Said, StringComparison.Ordinal);
            Assert.Empty(run.Processes.Ids());
        }
        finally
        {
            programs.Delete(recursive: true);
        }
    }

    private static string OnPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);
}
