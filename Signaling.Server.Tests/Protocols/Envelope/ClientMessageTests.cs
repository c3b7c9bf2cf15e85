using System.Text;
using Signaling.Server.Protocols.Envelope;

namespace Signaling.Server.Tests.Protocols.Envelope;

public sealed class ClientMessageTests
{
    [Theory]
    [InlineData("", "object")]
    [InlineData("5", "object")]
    [InlineData("[]", "object")]
    [InlineData("{", "object")]
    [InlineData("{}", "data, or a type")]
    [InlineData("{\"ref\":\"1\"}", "data, or a type")]
    [InlineData("{\"data\":1} x", "object")]
    [InlineData("{\"data\":1,}", "object")]
    [InlineData("{\"data\":01}", "object")]
    [InlineData("{\"data\":1,\"data\":2}", "twice")]
    [InlineData("{\"data\":1,\"d\\u0061ta\":2}", "twice")]
    [InlineData("{\"data\":1,\"x\":1,\"\\u0078\":2}", "twice")]
    [InlineData("{\"data\":1,\"to\":5}", "to must")]
    [InlineData("{\"data\":1,\"to\":null}", "to must")]
    [InlineData("{\"data\":1,\"ref\":5}", "ref must")]
    [InlineData("{\"type\":\"welcome\"}", "type must")]
    [InlineData("{\"type\":5,\"data\":1}", "type must")]
    [InlineData("{\"type\":\"meta\"}", "meta must be an object")]
    [InlineData("{\"type\":\"meta\",\"meta\":[]}", "meta must be an object")]
    [InlineData("{\"data\":1,\"\\ud800\":1}", "surrogate")]
    [InlineData("{\"data\":1,\"to\":\"\\ud800\"}", "surrogate")]
    [InlineData("{\"data\":1,\"ref\":\"\\udc00\"}", "surrogate")]
    public void What_is_wrong_is_named(string json, string problem)
    {
        var message = ClientMessage.Read(Encoding.UTF8.GetBytes(json));
        Assert.Equal(MessageKind.Bad, message.Kind);
        Assert.Contains(problem, message.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(62, true)]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(30_000, false)]
    public void Nesting_is_bounded(int depth, bool good)
    {
        var json = $$"""{"data":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        Assert.Equal(good, ClientMessage.Read(Encoding.UTF8.GetBytes(json)).Kind == MessageKind.Broadcast);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_ref_has_64_characters_at_most(int length, bool good)
    {
        var json = $$"""{"data":1,"ref":"{{new string('r', length)}}"}""";
        Assert.Equal(good, ClientMessage.Read(Encoding.UTF8.GetBytes(json)).Kind == MessageKind.Broadcast);
    }

    [Fact]
    public void The_reference_of_a_bad_message_is_kept()
    {
        Assert.Equal("7", ClientMessage.Read("""{"ref":"7","type":"unknown"}"""u8).Ref);
    }

    [Theory]
    [InlineData("{\"type\":\"ice\",\"data\":1}", "Ice")]
    [InlineData("{\"type\":\"bye\"}", "Bye")]
    [InlineData("{\"type\":\"token\",\"token\":\"x\"}", "Token")]
    [InlineData("{\"to\":\"x\",\"data\":1}", "Direct")]
    [InlineData("{\"data\":null}", "Broadcast")]
    public void What_it_asks_for_is_understood(string json, string kind) =>
        Assert.Equal(kind, ClientMessage.Read(Encoding.UTF8.GetBytes(json)).Kind.ToString());
}
