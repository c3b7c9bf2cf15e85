namespace Signaling.AppHost.Embedded.Dashboard;

/// <summary>A resource as the page and <c>GET /api/resources</c> show it.</summary>
internal sealed record ResourceView(string Name, string Kind, ResourceState State, string? Detail, string Health, DateTimeOffset? Since, int? Pid, IReadOnlyList<ResourceView.Link> Urls)
{
    public static ResourceView Of(ResourceRunner runner) => new(
        runner.Resource.Name,
        runner.Resource.Kind,
        runner.State,
        runner.Detail,
        runner.IsHealthy switch { true => "Healthy", false => "Unhealthy", null => "Unknown" },
        runner.Since,
        runner.ProcessId,
        [.. runner.Resource.Urls().Select(one => new Link(one.Url, one.DisplayText))]);

    internal sealed record Link(string Url, string? Text);
}
