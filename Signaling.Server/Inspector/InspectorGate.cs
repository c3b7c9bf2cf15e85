namespace Signaling.Server.Inspector;

/// <summary>Who may watch: in Development, who reaches the server. Elsewhere there is no inspector.</summary>
internal sealed class InspectorGate(IHostEnvironment environment)
{
    /// <summary>Whether there is an inspector at all.</summary>
    public bool IsOpen => environment.IsDevelopment();

    /// <summary>Null, or why this request is not answered.</summary>
    public IResult? Refuse() => IsOpen ? null : TypedResults.NotFound();
}
