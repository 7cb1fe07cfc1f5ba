using NpgsqlTypes;

namespace SinHo.Reporting.Facts;

/// <summary>
/// How far the log must have been replayed for one reader: everything that he was told is entered lies before it. It goes along with what is
/// done for him (<see cref="Enter"/>). Who is known to have entered nothing needs no word of the primary.
/// </summary>
public sealed class ReaderPosition
{
    /// <summary>What an act writes is committed within this, however long its page takes.</summary>
    private static readonly TimeSpan LongestAct = TimeSpan.FromMinutes(1);

    private static readonly AsyncLocal<ReaderPosition?> Ambient = new();

    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private NpgsqlLogSequenceNumber known;
    private readonly Func<TimeSpan, CancellationToken, Task>? announce;
    private DateTimeOffset mayWriteUntil = DateTimeOffset.MinValue;
    private DateTimeOffset announcedUntil = DateTimeOffset.MinValue;
    private DateTimeOffset heardUntil = DateTimeOffset.MinValue;
    private bool isToBeAsked;

    /// <summary>Of a reader who may enter things, from now on.</summary>
    /// <param name="announce">Tells all processes that may answer him that he may write for so long; null where there are no others.</param>
    public ReaderPosition(TimeProvider clock, Func<TimeSpan, CancellationToken, Task>? announce = null)
    {
        this.clock = clock;
        this.announce = announce;
        // What he entered elsewhere before is not known here.
        isToBeAsked = true;
    }

    /// <summary>Of work that was asked for when the log had come so far.</summary>
    public ReaderPosition(NpgsqlLogSequenceNumber position)
        : this(TimeProvider.System) => (known, isToBeAsked) = (position, false);

    /// <summary>Null where nobody said for whom is read.</summary>
    internal static ReaderPosition? Current => Ambient.Value;

    /// <summary>Whatever is read from here on, until the caller returns, is read for this reader.</summary>
    public void Enter() => Ambient.Value = this;

    /// <summary>He does something now that may write: whoever answers him next, here or in another process, knows of it before it is done.</summary>
    public async Task ActsAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            (mayWriteUntil, isToBeAsked) = (Later(mayWriteUntil, now + LongestAct), true);
            if (announce is null || announcedUntil >= now + LongestAct)
                return;
        }
        // Twice as long, so that it is said once and not at every act.
        await announce(2 * LongestAct, cancel);
        lock (gate)
            announcedUntil = now + 2 * LongestAct;
    }

    /// <summary>He was announced by some process, perhaps this one.</summary>
    /// <param name="until">The moment that was announced, by the database's clock.</param>
    /// <param name="left">How long it is until then.</param>
    public void Heard(DateTimeOffset until, TimeSpan left)
    {
        lock (gate)
        {
            if (until <= heardUntil)
                return;
            heardUntil = until;
            (mayWriteUntil, isToBeAsked) = (Later(mayWriteUntil, clock.GetUtcNow() + left), true);
        }
    }

    /// <param name="ask">Tells how far the log of the primary goes.</param>
    internal async Task<NpgsqlLogSequenceNumber> LeastAsync(Func<CancellationToken, Task<NpgsqlLogSequenceNumber>> ask, CancellationToken cancel)
    {
        DateTimeOffset asOf;
        lock (gate)
        {
            if (!isToBeAsked)
                return known;
            asOf = clock.GetUtcNow();
        }
        var written = await ask(cancel);
        lock (gate)
        {
            // While he acts, what he writes may be committed at any moment.
            if (asOf >= mayWriteUntil)
                isToBeAsked = false;
            return known = written > known ? written : known;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
