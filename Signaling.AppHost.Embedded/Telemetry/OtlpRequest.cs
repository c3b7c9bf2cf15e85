namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>What the three export requests of OTLP have in common: resources, their scopes, and in those the items.</summary>
internal static class OtlpRequest
{
    private const int MostItems = 20_000;

    /// <summary>The items of a request, each with the name of its service and of its scope (logger, source or meter).</summary>
    /// <exception cref="InvalidDataException">It is malformed, or has too many.</exception>
    public static List<T> Read<T>(ReadOnlyMemory<byte> request, Func<string, string, OtlpMessage, IEnumerable<T>> read)
    {
        List<T> items = [];
        foreach (var resource in new OtlpMessage(request).All(1))
        {
            var service = resource.One(1).Attributes(1).GetValueOrDefault("service.name", "unknown");
            foreach (var scope in resource.All(2))
            {
                var name = scope.One(1).Text(1);
                foreach (var item in scope.All(2))
                {
                    items.AddRange(read(service, name, item));
                    if (items.Count > MostItems) throw new InvalidDataException($"More than {MostItems} items in one request.");
                }
            }
        }

        return items;
    }
}
