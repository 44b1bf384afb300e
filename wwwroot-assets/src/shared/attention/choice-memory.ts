/** What a hand chose about a map, kept in this browser; anything unreadable counts as nothing. */
export function recallChoice<T extends object>(name: string, first: T): T {
    try {
        return { ...first, ...(JSON.parse(localStorage.getItem(`vitlab.${name}`) ?? '{}') as Partial<T>) };
    } catch {
        return { ...first };
    }
}

export function rememberChoice(name: string, choice: object): void {
    localStorage.setItem(`vitlab.${name}`, JSON.stringify(choice));
}
