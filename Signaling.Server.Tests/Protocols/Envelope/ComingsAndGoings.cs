using System.Text.Json;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.Envelope;

/// <summary>What tests of presence do and read.</summary>
internal static class ComingsAndGoings
{
    /// <summary>Leaves by <c>bye</c>; when it returns the server has done with it.</summary>
    public static async Task LeaveAsync(this TestRelay relay, Member member)
    {
        var peers = relay.Instruments["signaling.peers"];
        await member.SayAsync("""{"type":"bye"}""");
        await member.Socket.CloseAsync();
        member.Socket.Cut();
        await relay.Instruments.IsAsync("signaling.peers", peers - 1);
    }

    /// <summary>Of a <c>presence</c> frame, the ids that have <c>joined</c> or <c>left</c>.</summary>
    public static string[] Ids(this JsonElement presence, string what) =>
        [.. presence.GetProperty(what).EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
}
