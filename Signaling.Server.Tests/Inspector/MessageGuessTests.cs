using System.Text;
using Signaling.Server.Inspector;

namespace Signaling.Server.Tests.Inspector;

public sealed class MessageGuessTests
{
    [Theory]
    [InlineData("""{"type":"offer","sdp":"v=0"}""", "offer", null)]
    [InlineData("""{ "type" : "OFFER", "src": "x" }""", "offer", null)]
    [InlineData("""{"sdp":{"type":"answer","sdp":"v=0"}}""", "answer", null)]
    [InlineData("""{"from":"x","data":"{\"type\":\"answer\",\"sdp\":\"v=0\"}"}""", "answer", null)]
    [InlineData("""{"type":"candidate","candidate":{"candidate":"candidate:1 1 udp 1 3f2c.local 9 typ host"}}""", "candidate", "mdns")]
    [InlineData("""{"candidate":"candidate:1 1 udp 1 192.0.2.1 9 typ srflx raddr 0.0.0.0 rport 0"}""", "candidate", "srflx")]
    [InlineData("""{"ice":"candidate:1 1 udp 1 192.0.2.1 9 typ relay raddr 192.0.2.7 rport 7"}""", "candidate", "relay")]
    [InlineData("""{"type":"candidate","candidate":{"candidate":"","sdpMid":"0"}}""", "candidate", "end")]
    [InlineData("""{"type":"candidate"}""", "candidate", null)]
    [InlineData("""{"type":"end-of-candidates"}""", "candidate", "end")]
    [InlineData("""{"type":"bye"}""", "bye", null)]
    [InlineData("""{"type":"chat","text":"an offer you can't refuse"}""", "data", null)]
    [InlineData("hello", "data", null)]
    [InlineData("", "data", null)]
    public void What_a_message_seems_to_be(string message, string kind, string? candidate) =>
        Assert.Equal(new MessageGuess(kind, candidate), MessageGuess.Of(Encoding.UTF8.GetBytes(message)));

    [Fact]
    public void A_type_behind_a_long_SDP_is_found() =>
        Assert.Equal("answer", MessageGuess.Of(Encoding.UTF8.GetBytes($$"""{"sdp":"v=0{{new string('a', 4000)}}","type":"answer"}""")).Kind);

    [Fact]
    public void What_stands_in_the_middle_of_a_long_message_is_not_looked_at() =>
        Assert.Equal("data", MessageGuess.Of(Encoding.UTF8.GetBytes($$"""{"a":"{{new string('a', 600)}}","type":"offer","b":"{{new string('b', 600)}}"}""")).Kind);
}
