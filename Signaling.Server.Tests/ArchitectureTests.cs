using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Signaling.Server.Relay;

namespace Signaling.Server.Tests;

public sealed partial class ArchitectureTests
{
    // What each folder may use of the others. Whoever is not named here may use nothing of ours.
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Relay"] = [],
        ["Hosting"] = [],
        ["Landing"] = ["Hosting"],
        ["Sockets"] = ["Relay", "Access", "Hosting"],
        ["Access"] = ["Hosting", "Relay"],
        ["Backplane"] = ["Relay", "Sockets", "Hosting"],
        ["Ice"] = ["Hosting", "Access"],
        ["Inspector"] = ["Relay", "Sockets", "Hosting", "Access"],
        ["Protocols/Raw"] = ["Relay", "Sockets", "Access"],
        ["Protocols/Envelope"] = ["Relay", "Sockets", "Hosting", "Access", "Ice"],
        ["Protocols/PeerJs"] = ["Relay", "Sockets", "Hosting", "Access"],
        ["Protocols/YWebRtc"] = ["Relay", "Sockets", "Hosting", "Access"],
        ["Protocols/WebTorrent"] = ["Relay", "Sockets", "Hosting", "Access"],
    };

    private static readonly string Server = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../Signaling.Server"));

    [Fact]
    public void Data_flows_one_way_and_no_folder_knows_more_than_it_may()
    {
        foreach (var (file, folder) in Sources())
        {
            var allowed = Arrows[folder].Append(folder).Select(name => $"Signaling.Server.{name.Replace('/', '.')}").ToArray();
            foreach (Match use in Ours().Matches(File.ReadAllText(file)))
                Assert.True(allowed.Any(name => use.Value == name || use.Value.StartsWith(name + '.', StringComparison.Ordinal)), $"{file} uses {use.Value}");
        }
    }

    [Fact]
    public void The_relay_knows_the_base_library_only()
    {
        foreach (var (file, _) in Sources().Where(source => source.Folder == "Relay"))
            Assert.DoesNotMatch(@"Microsoft\.AspNetCore|System\.Text\.Json|System\.Net\.", File.ReadAllText(file));
    }

    [Fact]
    public void Native_code_is_called_in_one_folder_only()
    {
        var native = Sources().Where(source => Native().IsMatch(File.ReadAllText(source.File))).Select(source => Path.GetRelativePath(Server, source.File));
        Assert.Equal([Path.Combine("Sockets", "Wire", "Epoll", "Libc.cs")], native);
    }

    [Fact]
    public void The_seed_stays_visible()
    {
        string[] seed = ["Relay/Frame.cs", "Relay/Peer.cs", "Relay/Room.cs", "Protocols/Raw/RawProtocol.cs"];
        Assert.InRange(seed.Sum(file => File.ReadLines(Path.Combine(Server, file)).Count()), 1, 200);
    }

    [Fact]
    public void The_README_shows_the_seed_as_it_is()
    {
        var code = File.ReadAllText(Path.Combine(Server, "Protocols/Raw/RawProtocol.cs")).Replace("    /// <inheritdoc/>\n", "", StringComparison.Ordinal);
        Assert.Contains(code[code.IndexOf("public sealed class", StringComparison.Ordinal)..], File.ReadAllText(Path.Combine(Server, "../README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_event_id_of_the_log_is_used_twice()
    {
        var ids = typeof(Room).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .OfType<int>()
            .ToArray();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
    }

    private static IEnumerable<(string File, string Folder)> Sources() =>
        from file in Directory.EnumerateFiles(Server, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Server, file).Replace('\\', '/').Split('/')
        where path.Length > 1 && path[0] is not ("bin" or "obj")
        select (file, path[0] == "Protocols" ? $"{path[0]}/{path[1]}" : path[0]);

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex(@"\[(DllImport|LibraryImport)|\bunsafe (static|class|struct|void|\{)|AllowUnsafeBlocks")]
    private static partial Regex Native();

    [GeneratedRegex(@"Signaling\.Server\.[A-Za-z.]*[A-Za-z]")]
    private static partial Regex Ours();
}
