using System.Text.Json;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Access;

/// <summary>What clients with a token do, and are told.</summary>
internal static class TokenHolders
{
    public static string Bearer(string token) => $"Authorization: Bearer {token}";

    public static async Task<HttpResponseMessage> AskAsync(TestRelay relay, string path, string? token, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await relay.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<Member> EnterAsync(TestRelay relay, string token, string query = "")
    {
        var client = await relay.ConnectAsync();
        await client.UpgradeAsync($"/room/demo{query}", "Sec-WebSocket-Protocol: signaling.v1", Bearer(token));
        return await Member.WelcomedAsync(client);
    }

    public static Task RenewAsync(Member member, string token) => member.SayAsync($$"""{"type":"token","token":"{{token}}"}""");

    public static string Told(JsonElement error) => $"{error.GetProperty("code").GetString()} {error.GetProperty("ref").GetString()}";
}
