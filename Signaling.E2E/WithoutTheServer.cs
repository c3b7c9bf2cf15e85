using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Signaling.E2E.Browsers;

namespace Signaling.E2E;

/// <summary>What two tabs do with their direct connection beside the chat.</summary>
public sealed partial class WithoutTheServer(BrowserProcesses browsers, ITestOutputHelper output) : SystemTest(browsers)
{
    private const int LargeFile = 100_000_000;
    private const int MaxHeld = LargeFile / 4;

    protected override bool IsRaw => false;

    [Fact]
    public async Task The_handshake_is_drawn_and_the_way_and_its_round_trips_are_told()
    {
        var (alice, bob) = await TwoAsync();

        foreach (var tab in (Tab[])[alice, bob])
        {
            foreach (var kind in (string[])["offer", "answer", "candidate", "direct from here on"]) await tab.Direct.SeesMessageAsync(kind);
            await tab.Direct.SeesRoundTripsAsync(1);
        }
        var about = await alice.Direct.ReadsAboutMessageAsync("offer");
        Assert.Contains("data channels", about, StringComparison.Ordinal);
        await alice.IsAccessibleAsync();
        if (!Pictures.AreWanted) return;
        await alice.SayAsync("hello from here");
        await bob.SayAsync("and hello back");
        await alice.HearsAsync("and hello back");
        await bob.Direct.AllowCameraAsync();
        await bob.Direct.PressCameraAsync();
        await alice.Direct.SeesPicturesAsync(1);
        await bob.Direct.DropFileAsync("notes.txt", "from tab to tab");
        await alice.Direct.PressAsync("Receive", "notes.txt");
        await alice.Direct.SeesFileAsync("notes.txt", "received, checksums agree");
        await alice.Direct.PictureAsync("demo");
        await (await OpenAsync("first", $"{Room}-landing")).Direct.PictureAsync("demo-landing");
    }

    [Fact]
    public async Task A_hundred_megabytes_arrive_whole_and_neither_tab_freezes()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("signaling").FullName, "large.bin");
        try
        {
            var sum = await WriteLargeFileAsync(path);
            var (alice, bob) = await TwoAsync();
            var memory = new[] { await alice.Direct.WatchMemoryAsync(), await bob.Direct.WatchMemoryAsync() };
            var longest = new[] { await alice.Direct.WatchForFreezesAsync(), await bob.Direct.WatchForFreezesAsync() };

            await alice.Direct.SendFileAsync(path);
            await bob.Direct.PressAsync("Receive", "large.bin");
            await alice.SayAsync("it is under way");
            await bob.HearsAsync("it is under way");

            var patience = TimeSpan.FromMinutes(3);
            var arriving = Task.WhenAll(
                bob.Direct.SeesFileAsync("large.bin", "received, checksums agree", patience),
                alice.Direct.SeesFileAsync("large.bin", "sent, checksums agree", patience));
            do
                foreach (var tab in memory) await tab.LookAsync();
            while (!arriving.IsCompleted);
            var (received, sent) = ((await arriving)[0], (await arriving)[1]);
            foreach (var told in (string[])[received, sent]) Assert.Equal(2, Regex.Count(told, sum));
            foreach (var grown in memory.Select(tab => tab.Growth))
            {
                output.WriteLine($"{grown / 1_000_000.0:f1} MB more at most");
                Assert.True(grown < MaxHeld, $"A tab held {grown} bytes more for a file of {LargeFile}.");
            }
            foreach (var look in longest)
            {
                var freeze = await look();
                output.WriteLine($"{freeze:0} ms not free at most; {Regex.Match(sent, @"[\d.]+ s, .*/s")}");
                Assert.True(freeze < 3_000, $"A tab was not free for {freeze:0} ms.");
            }
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public async Task A_dropped_file_can_be_refused_or_taken_and_saved()
    {
        var (alice, bob) = await TwoAsync();

        await alice.Direct.DropFileAsync("no.txt", "not for me");
        await bob.Direct.PressAsync("No, thanks", "no.txt");
        await alice.Direct.SeesFileAsync("no.txt", $"{await bob.OwnNameAsync()} did not want it");

        await bob.Direct.DropFileAsync("yes.txt", "for you");
        await alice.Direct.PressAsync("Receive", "yes.txt");
        await alice.Direct.SeesFileAsync("yes.txt", "received, checksums agree");
        Assert.Equal("for you", Encoding.UTF8.GetString(await alice.Direct.SaveAsync("yes.txt")));

        await bob.Direct.DropFileAsync("never.txt", "too late");
        await alice.Direct.SeesFileAsync("never.txt", "is offered to you");
        await alice.CloseAsync();
        await bob.Direct.SeesFileAsync("never.txt", "broken off: the connection ended, or the file could not be read");
    }

    [Fact]
    public async Task Cameras_go_on_and_off_over_the_connection_that_there_is_and_who_comes_later_sees_them()
    {
        var (alice, bob) = await TwoAsync();
        await alice.Direct.PressCameraAsync();
        await alice.Direct.IsToldOfCameraAsync(CameraRefused());

        foreach (var tab in (Tab[])[alice, bob]) await tab.Direct.AllowCameraAsync();
        await Task.WhenAll(alice.Direct.PressCameraAsync(), bob.Direct.PressCameraAsync());
        await alice.Direct.SeesPicturesAsync(1);
        await bob.Direct.SeesPicturesAsync(1);

        var carol = await OpenAsync("carol");
        await carol.IsConnectedWithAsync(2);
        await carol.Direct.SeesPicturesAsync(2);
        await carol.Direct.SeesRoundTripsAsync(2);

        await alice.Direct.PressCameraAsync();
        await carol.Direct.SeesPicturesAsync(1);
        await bob.Direct.SeesPicturesAsync(0);
        await alice.SayAsync("still connected");
        await carol.HearsAsync("still connected");
    }

    private async Task<(Tab Alice, Tab Bob)> TwoAsync()
    {
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await alice.IsConnectedWithAsync(1);
        await bob.IsConnectedWithAsync(1);
        return (alice, bob);
    }

    /// <summary>Bytes that no compression makes less of; gives their sum.</summary>
    private static async Task<string> WriteLargeFileAsync(string path)
    {
        var bytes = new byte[LargeFile];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    [GeneratedRegex("^The camera was refused")]
    private static partial Regex CameraRefused();
}
