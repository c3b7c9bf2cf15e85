using System.Text.Json;

namespace Signaling.AppHost.Embedded.Processes;

/// <summary>A profile of Properties/launchSettings.json: where a project listens, and its environment.</summary>
internal sealed record LaunchProfile(IReadOnlyList<Uri> Urls, IReadOnlyDictionary<string, string> Environment)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static LaunchProfile None { get; } = new([], new Dictionary<string, string>());

    /// <summary>The profile with the name of the AppHost's own, as Aspire chooses it; else the first that runs a project.</summary>
    public static LaunchProfile Read(string projectDirectory, string? preferred)
    {
        var file = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(file)) return None;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), Lenient);
            var profiles = json.RootElement.GetProperty("profiles").EnumerateObject()
                .Where(one => Text(one.Value, "commandName") == "Project")
                .OrderByDescending(one => one.Name == preferred)
                .ToList();
            return profiles.Count == 0 ? None : Parse(profiles[0].Value);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or UriFormatException or InvalidOperationException)
        {
            throw new StartException($"{file} cannot be read: {error.Message}");
        }
    }

    private static LaunchProfile Parse(JsonElement profile)
    {
        var urls = (Text(profile, "applicationUrl") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var environment = profile.TryGetProperty("environmentVariables", out var variables)
            ? variables.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.ToString())
            : [];
        return new LaunchProfile([.. urls.Select(url => new Uri(url))], environment);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
