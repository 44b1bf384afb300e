using System.Runtime.ExceptionServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>A kernel's work, cut into parts that may run in any order and on any thread. What part p of n does depends on p and n alone.</summary>
internal interface IParts
{
    void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>;
}

/// <summary>
/// The threads the kernels share. They spin for a moment after each job, because a training step brings the next one within microseconds, and sleep
/// after that. A call made while they are busy (another run, a prediction, a kernel inside a kernel) runs all its parts on its own thread; because
/// parts do not know who runs them, the result is the same to the bit.
/// </summary>
public static unsafe class Workers
{
    private const int MostParts = 1024;
    private const int SpinsBeforeSleep = 3000; // about 0.1 ms: longer than the gaps within a training step, shorter than anyone notices

    private static readonly Lock s_resizing = new();
    private static readonly object s_sleepers = new();
    private static readonly long[] s_claims = new long[MostParts]; // the last job in which each part was claimed
    private static Member[] s_members = [];
    private static int s_count = Math.Max(1, Environment.ProcessorCount);
    private static int s_busy;
    private static int s_sleeping;
    private static int s_unfinished;
    private static long s_job; // number of the job × MostParts·2 + its parts: one word, so that a late thread cannot mix two jobs
    private static void* s_work;
    private static delegate*<void*, int, int, void> s_run;
    private static ExceptionDispatchInfo? s_failure;
    private static int s_failedPart;

    [ThreadStatic]
    private static int t_pretended;

    /// <summary>Threads a kernel may use, the calling one included; at first the machine's processor count. Results are reproducible for a given count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 or more than 256.</exception>
    public static int Count
    {
        get => Volatile.Read(ref s_count);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 256);
            lock (s_resizing) Volatile.Write(ref s_count, value); // threads are made by the next job; surplus ones leave
        }
    }

    /// <summary>Parts for work of this many operations (a multiply-add counts as one): 1 where a hand-off would cost more than it saves, else a few per worker, so that a late thread can be helped.</summary>
    internal static int PartsFor(long operations, int most) =>
        Effective == 1 || operations < Grain ? 1 : Math.Max(1, (int)Math.Min(Math.Min(most, MostParts), Math.Min(4L * Effective, operations / (Grain / 4))));

    /// <summary>As <see cref="PartsFor"/>, but at most one part per worker: for sums, where each part needs a buffer of its own.</summary>
    internal static int SumPartsFor(long operations, int most) => Math.Min(Effective, PartsFor(operations, most));

    /// <summary>Lets this thread's kernels cut their work as for another count (0: the real one), so that tests need not change what the whole process uses.</summary>
    internal static void Pretend(int count) => t_pretended = count;

    private static int Effective => t_pretended == 0 ? Count : t_pretended;

    // A hand-off costs about a microsecond; a core does some tens of multiply-adds a nanosecond.
    private const long Grain = 200_000;

    /// <summary>Runs parts 0..parts-1 of the job and returns when all are done.</summary>
    internal static void Run<TJob>(int parts, ref TJob job) where TJob : unmanaged, IParts
    {
        fixed (TJob* work = &job)
        {
            var run = Entry<TJob>();
            if (parts > 1 && Count > 1 && Interlocked.CompareExchange(ref s_busy, 1, 0) == 0) Share(parts, work, run);
            else
                for (var part = 0; part < parts; part++) run(work, part, parts);
        }
    }

    private static delegate*<void*, int, int, void> Entry<TJob>() where TJob : unmanaged, IParts => LaneWidth.Floats switch
    {
        16 => &RunPart<TJob, Lanes512>,
        8 => &RunPart<TJob, Lanes256>,
        4 => &RunPart<TJob, Lanes128>,
        _ => &RunPart<TJob, LanesScalar>,
    };

    private static void RunPart<TJob, T>(void* work, int part, int parts) where TJob : unmanaged, IParts where T : unmanaged, ILanes<T> =>
        ((TJob*)work)->Run<T>(part, parts);

    private static void Share(int parts, void* work, delegate*<void*, int, int, void> run)
    {
        try
        {
            if (s_members.Length != Count - 1) Resize();
            s_work = work;
            s_run = run;
            s_failure = null;
            s_unfinished = parts;
            var job = (s_job / (2 * MostParts) + 1) * (2 * MostParts) + parts;
            Interlocked.Exchange(ref s_job, job); // publishes the fields above
            if (Volatile.Read(ref s_sleeping) > 0)
                lock (s_sleepers) Monitor.PulseAll(s_sleepers);

            Help(job, worker: 0);
            var wait = new SpinWait();
            for (var spins = 0; Volatile.Read(ref s_unfinished) > 0; spins++)
            {
                if (spins < 1000) Thread.SpinWait(1);
                else wait.SpinOnce(sleep1Threshold: -1);
            }
        }
        finally
        {
            var failure = s_failure;
            s_failure = null;
            Volatile.Write(ref s_busy, 0);
            failure?.Throw();
        }
    }

    // Each worker starts with its own share, so that it finds in its cache the rows it made in the kernel before, then helps the others from their end.
    private static void Help(long job, int worker)
    {
        var number = job / (2 * MostParts);
        var parts = (int)(job % (2 * MostParts));
        var workers = Count;
        for (var turn = 0; turn < workers; turn++)
        {
            var owner = (worker + turn) % workers;
            int first = owner * parts / workers, end = (owner + 1) * parts / workers;
            for (var i = 0; i < end - first; i++)
            {
                var part = turn == 0 ? first + i : end - 1 - i;
                var claimed = Volatile.Read(ref s_claims[part]);
                if (claimed >= number || Interlocked.CompareExchange(ref s_claims[part], number, claimed) != claimed) continue;
                // The claim holds the job open, so its fields are stable from here on.
                try
                {
                    s_run(s_work, part, parts);
                }
                catch (Exception e)
                {
                    Fail(e, part);
                }
                Interlocked.Decrement(ref s_unfinished);
            }
        }
    }

    private static void Fail(Exception e, int part)
    {
        lock (s_claims)
        {
            if (s_failure is not null && s_failedPart <= part) return;
            s_failure = ExceptionDispatchInfo.Capture(e);
            s_failedPart = part;
        }
    }

    private static void Resize()
    {
        lock (s_resizing)
        {
            var members = new Member[s_count - 1];
            for (var i = 0; i < members.Length; i++) members[i] = i < s_members.Length ? s_members[i] : new Member(i + 1);
            for (var i = members.Length; i < s_members.Length; i++) s_members[i].Leaving = true; // it sees this when the next job wakes it
            s_members = members;
        }
    }

    private sealed class Member
    {
        private readonly int _worker;

        public Member(int worker)
        {
            _worker = worker;
            new Thread(Work) { IsBackground = true, Name = $"Kernel worker {worker}" }.Start();
        }

        public volatile bool Leaving;

        private void Work()
        {
            var seen = 0L;
            var spins = 0;
            while (!Leaving)
            {
                var job = Volatile.Read(ref s_job);
                if (job != seen)
                {
                    seen = job;
                    spins = 0;
                    Help(job, _worker);
                }
                else if (spins++ < SpinsBeforeSleep) Thread.SpinWait(1);
                else
                {
                    Sleep(seen);
                    spins = 0;
                }
            }
        }
    }

    private static void Sleep(long seen)
    {
        lock (s_sleepers)
        {
            Interlocked.Increment(ref s_sleeping); // before the last look: a job published after it sees the sleeper and wakes it
            while (Volatile.Read(ref s_job) == seen) Monitor.Wait(s_sleepers);
            Interlocked.Decrement(ref s_sleeping);
        }
    }
}
