using System.Text;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Fuzz;

/// <summary>Single cases that somebody would think of.</summary>
public sealed class HostileTests
{
    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public async Task Nesting_as_deep_as_a_message_is_long_is_a_bad_message_and_the_connection_goes_on(string opening)
    {
        await using var relay = await TestRelay.StartAsync();
        var mallory = await relay.EnterAsync("demo");
        var deep = string.Concat(Enumerable.Repeat(opening, 65_000 / opening.Length));

        await mallory.SayAsync($$"""{"data":{{deep}}""");

        Assert.Equal("bad-message", (await mallory.NextAsync("error")).GetProperty("code").GetString());
        await mallory.HearsNothingAsync();
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("[\"\\udc00\\ud800\"]")]
    [InlineData("{\"\\ud800\":1,\"\\ud800\":2}")]
    [InlineData("1e999999")]
    [InlineData("-0.0000000000000000000000000000000000000000000000000000000000001E+123456789")]
    [InlineData("\"\\u0000\"")]
    public async Task What_other_parsers_choke_on_goes_through_as_it_is(string data)
    {
        await using var relay = await TestRelay.StartAsync();
        var mallory = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        var ben = await relay.JoinAsync("demo");

        await mallory.SayAsync($$"""{"data":{{data}}}""");

        await bob.HearsAsync($$"""{"from":"{{mallory.Id}}","data":{{data}}}""");
        Assert.Equal(data, (await ben.NextAsync()).Text);
    }

    [Fact]
    public async Task A_number_as_long_as_a_message_goes_through_as_it_is()
    {
        await using var relay = await TestRelay.StartAsync();
        var mallory = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        var digits = new string('7', 65_000);

        await mallory.SayAsync($$"""{"data":{{digits}}}""");

        await bob.HearsAsync($$"""{"from":"{{mallory.Id}}","data":{{digits}}}""");
    }

    [Fact]
    public async Task A_message_in_fragments_of_one_byte_arrives_whole()
    {
        await using var relay = await TestRelay.StartAsync();
        var mallory = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        var said = Encoding.UTF8.GetBytes($$"""{"data":"{{new string('é', 400)}}"}""");

        for (var i = 0; i < said.Length; i++)
            await mallory.Socket.SayAsync(i == 0 ? Opcode.Text : Opcode.Continuation, [said[i]], final: i == said.Length - 1);

        await bob.HearsAsync($$"""{"from":"{{mallory.Id}}",{{Encoding.UTF8.GetString(said)[1..]}}""");
    }

    [Fact]
    public async Task What_is_sent_before_the_upgrade_is_answered_is_heard()
    {
        await using var relay = await TestRelay.StartAsync();
        var bob = await relay.JoinAsync("demo");
        var hasty = await relay.ConnectAsync();
        var request = "GET /room/demo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

        await hasty.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(request), .. Client.Encode(Opcode.Text, "one"u8), .. Client.Encode(Opcode.Text, "two"u8)]);

        Assert.Equal("one", (await bob.NextAsync()).Text);
        Assert.Equal("two", (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Nothing_is_heard_of_a_client_after_it_was_closed()
    {
        await using var relay = await TestRelay.StartAsync();
        var bob = await relay.EnterAsync("demo");
        var mallory = await relay.EnterAsync("demo");
        await bob.NextAsync("join");
        var nonsense = Enumerable.Repeat(Client.Encode(Opcode.Text, "{}"u8), 10).SelectMany(frame => frame);

        await mallory.Socket.SendAsync((byte[])[.. nonsense, .. Client.Encode(Opcode.Text, "{\"data\":1}"u8)]);

        await bob.NextAsync("leave");
        await bob.HearsNothingAsync();
        Assert.Equal(4400, (await mallory.Socket.CloseAsync()).CloseCode);
    }

    [Fact]
    public async Task A_close_right_behind_an_error_does_not_hide_it()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MaxMessageBytes", "10"));
        var mallory = await relay.JoinAsync("demo");

        await mallory.SendAsync((byte[])[.. Client.Encode(Opcode.Text, new byte[11]), .. Client.Encode(Opcode.Close, [0x03, 0xE8])]);

        Assert.Equal(1009, (await mallory.CloseAsync()).CloseCode);
    }
}
