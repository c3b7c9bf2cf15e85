using System.Text.Json;

namespace Signaling.E2E.Library;

/// <summary>Somebody who uses the client library in a browser (<c>page/person.js</c>): in one room at a time, somebody new in each.</summary>
public abstract class Person(string name) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public string Name => name;

    public Task EnterAsync(Uri room, bool withMesh = true) => DoAsync($"enter('{room}', {(withMesh ? "true" : "false")})");

    public Task AddMeshAsync() => DoAsync("addMesh()");

    /// <summary>Waits until that many others are in this state of the mesh.</summary>
    public Task SeesAsync(int many, string state) => DoAsync($"sees({many}, '{state}')");

    /// <summary>Waits until it knows of that many others.</summary>
    public Task MeetsAsync(int many) => DoAsync($"meets({many})");

    public Task SayAsync(string text) => DoAsync($"say('{text}')");

    public Task HearsAsync(string text) => DoAsync($"hears('{text}')");

    /// <summary>Waits until the relay has greeted it that often.</summary>
    public Task IsWelcomedAsync(int times) => DoAsync($"isWelcomed({times})");

    /// <summary>Waits until it has made so many offers and the last of them was answered.</summary>
    public Task HasOfferedAsync(int many) => DoAsync($"hasOffered({many})");

    /// <summary>Calls those at that time from whom it expects a call.</summary>
    public Task CallAtAsync(DateTimeOffset time) => DoAsync($"callAt({time.ToUnixTimeMilliseconds()})");

    /// <summary>From now on its answers get lost, or no longer.</summary>
    public Task LosesAnswersAsync(bool does) => DoAsync($"losesAnswers({(does ? "true" : "false")})");

    public Task HasBeenOfferedAsync(int times) => DoAsync($"hasBeenOffered({times})");

    public Task LeaveAsync() => DoAsync("leave()");

    public async Task<Offers> OffersAsync() => JsonSerializer.Deserialize<Offers>(await DoAsync("offers"), JsonSerializerOptions.Web)!;

    public abstract ValueTask DisposeAsync();

    /// <summary>Evaluates an expression, waits for its promise, and gives its value as JSON.</summary>
    protected abstract Task<string> EvaluateAsync(string expression);

    private async Task<string> DoAsync(string deed)
    {
        try
        {
            return await EvaluateAsync(Json($"await person.{deed}")).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Name}: {deed} did not come in {Patience.TotalSeconds} s. {await EvaluateAsync(Json("person.report()"))}");
        }
    }

    private static string Json(string expression) => $"(async () => JSON.stringify({expression}) ?? 'null')()";
}
