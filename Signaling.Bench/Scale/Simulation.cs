namespace Signaling.Bench.Scale;

/// <summary>
/// Every connection is put at a relay, one by one, and what follows is counted: at how many relays each room is, and so
/// how many hear a publish of it.
/// </summary>
/// <param name="Split">The share of rooms that are at more than one relay.</param>
/// <param name="Messages">Messages in a second, those of joining and leaving included.</param>
/// <param name="Joins">In a second.</param>
/// <param name="Heard">Times that one relay hears a publish, in a second: the sum over all relays.</param>
/// <param name="Topics">Rooms that the relay with the most of them hears.</param>
internal sealed record Simulation(double Split, double Messages, double Joins, double Heard, int Topics)
{
    /// <param name="homeOf">The relay for somebody in the room of that number.</param>
    public static Simulation Run(int connections, int relays, Func<Random, int, int> homeOf)
    {
        var random = new Random(1);
        var topics = new int[relays];
        var (rooms, split, room) = (0, 0, 0);
        double messages = 0, joins = 0, heard = 0;
        foreach (var (size, share) in Population.Rooms)
        {
            for (var left = (int)(connections * share) / size; left > 0; left--, rooms++)
            {
                var at = Enumerable.Range(0, size).Select(_ => homeOf(random, room)).ToHashSet();
                room++;
                foreach (var relay in at) topics[relay]++;
                if (at.Count > 1) split++;
                var joining = size / Population.Stay.TotalSeconds;
                var talking = joining * (Population.MessagesPerJoin(size) + 2);
                joins += joining;
                messages += talking;
                if (at.Count > 1) heard += talking * at.Count; // a room at one relay publishes nothing
            }
        }

        return new((double)split / rooms, messages, joins, heard, topics.Max());
    }

    /// <summary>Wherever there is room.</summary>
    public static Simulation Apart(int connections, int relays) => Run(connections, relays, (random, _) => random.Next(relays));

    /// <summary>By the room.</summary>
    public static Simulation AtHome(int connections, int relays) => Run(connections, relays, (_, room) => room % relays);

    /// <summary>By the room, and a relay has come a moment ago: its share of the rooms has half of its members there, and the others where they were.</summary>
    public static Simulation Moving(int connections, int relays) =>
        Run(connections, relays, (random, room) => room % relays == relays - 1 && random.Next(2) == 0 ? room / relays % (relays - 1) : room % relays);
}
